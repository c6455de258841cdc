using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Nodes;

/// <summary>A caller with the roles and the channel that a test gives it.</summary>
internal sealed record TestCaller(MessageSecurityMode SecurityMode = MessageSecurityMode.SignAndEncrypt) : ICallContext
{
    public static readonly NodeId Anonymous = new(15644);
    public static readonly NodeId SecurityAdmin = new(15704);

    public static readonly TestCaller Admin = new() { Roles = new HashSet<NodeId> { Anonymous, SecurityAdmin } };

    public NodeId SessionId { get; init; } = new("session", 1);

    public string SecurityPolicyUri => "http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256";

    public byte[]? ClientCertificate => null;

    public UserIdentity User => UserIdentity.Anonymous;

    public IReadOnlySet<NodeId> Roles { get; init; } = new HashSet<NodeId> { Anonymous };

    public ApplicationDescription? ClientDescription => null;

    public IReadOnlyList<string> LocaleIds => [];
}
