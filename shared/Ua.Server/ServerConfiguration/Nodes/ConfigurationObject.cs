using Ua.Core;

namespace Ua.Server.ServerConfiguration;

/// <summary>A ServerConfiguration or ApplicationConfiguration object with its groups.</summary>
internal sealed record ConfigurationObject(NodeId Id, IConfiguredApplication Application, IReadOnlyList<GroupObject> Groups)
{
    /// <summary>The group of an id; the first one for a null id.</summary>
    /// <exception cref="UaException">Bad_InvalidArgument where it is none of this application.</exception>
    public GroupObject Group(NodeId id) => id.IsNull
        ? Groups[0]
        : Groups.FirstOrDefault(g => g.Id == id) ?? throw new UaException(StatusCodes.BadInvalidArgument, $"CertificateGroupId is {id}, which is no certificate group of {Application.Facts.ApplicationUri}.");
}
