namespace Ua.Server.ServerConfiguration;

/// <summary>
/// The server's own DefaultApplicationGroup where the host has rules of its own for its trust folder, such as a record of what
/// came from where. Without one that is registered the folder is changed directly.
/// </summary>
public interface IServerCertificateGroup : ICertificateGroup;
