using Interop.Driving;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pki;
using TestKit;
using Ua.Core;
using Ua.Gds.Nodes;
using Ua.Security.Certificates;
using Ua.Server.Events;
using Ua.Server.Hosting;
using Ua.Server.Identity;
using Ua.Server.Nodes;

namespace Interop.Ours;

/// <summary>A server on our stack that trusts a foreign client, with a few nodes of its own beside the GDS namespace.</summary>
public sealed class OurServer : IAsyncLifetime, IUserValidator, IUserCertificateValidator, INodeSetContributor
{
    public const string User = "operator";

    public const string Password = "a longer secret: häßlich";

    private readonly TempFolder _folder = new();
    private WebApplication _app = null!;
    private VariableNode _counter = null!;

    public string Url => _app.Services.GetRequiredService<UaServerEndpoints>().Urls[0];

    public ExtensionObject? Registered { get; private set; }

    /// <summary>How many sessions are signed in.</summary>
    public int Sessions => _app.Services.GetRequiredService<Ua.Server.Sessions.UaServerSessions>().Activated.Count;

    internal PeerCertificate Certificate { get; private set; } = null!;

    internal PeerCertificate Client { get; private set; } = null!;

    internal PeerCertificate UserCertificate { get; private set; } = null!;

    internal NodeConnect Options(string policy = "Basic256Sha256", string mode = "SignAndEncrypt") => new()
    {
        EndpointUrl = Url,
        PkiFolder = _folder.File("client-pki"),
        Policy = policy,
        Mode = mode,
        CertificateFile = Client.CertificateFile,
        PrivateKeyFile = Client.PrivateKeyFile,
        EndpointMustExist = true,
    };

    public async ValueTask InitializeAsync()
    {
        Certificate = PeerFolder.SelfSigned(_folder.FullPath, "server", "urn:localhost:interop:our-server");
        Client = PeerFolder.SelfSigned(_folder.FullPath, "client", "urn:localhost:interop:client");
        UserCertificate = PeerFolder.SelfSigned(_folder.FullPath, "user", "urn:localhost:interop:user");
        PeerFolder.Trust(_folder.File("client-pki"), Certificate.Der);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IApplicationIdentitySource>(new FixedApplicationIdentity(new ApplicationIdentity(OurClient.Load(Certificate))));
        builder.Services.AddSingleton(OurClient.Trusting(Client.Der));
        builder.Services.AddSingleton<IUserValidator>(this);
        builder.Services.AddSingleton<IUserCertificateValidator>(this);
        builder.Services.AddSingleton<INodeSetContributor>(this);
        builder.Services.AddUaServer(options =>
        {
            options.ApplicationName = "Our server";
            options.ApplicationUri = Certificate.ApplicationUri;
            options.Sessions = options.Sessions with { MinSessionTimeout = TimeSpan.FromSeconds(1) };
            options.Endpoints.Add(new UaEndpointOptions { Url = "opc.tcp://127.0.0.1:0", UserTokens = { UserTokenType.Certificate } });
        });
        _app = builder.Build();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    public ValueTask<UserVerdict> ValidateAsync(UserLogin login, CancellationToken cancellationToken) =>
        new(login is { Name: User, Password: Password } ? UserVerdict.Accepted(WellKnownRoles.SecurityAdmin) : UserVerdict.Refused("wrong password"));

    public ValueTask<UserVerdict> ValidateAsync(byte[] certificate, CancellationToken cancellationToken) =>
        new(certificate.AsSpan().SequenceEqual(UserCertificate.Der) ? UserVerdict.Accepted() : UserVerdict.Refused("unknown user"));

    public ValueTask ContributeAsync(AddressSpace space, CancellationToken cancellationToken)
    {
        space.Load(GdsNodeTable.Open());
        var gds = (ushort)space.Namespaces.IndexOf("http://opcfoundation.org/UA/GDS/");
        space.Get<MethodNode>(new NodeId(146, gds)).Handler = (call, _) =>
        {
            Registered = (ExtensionObject?)call.Inputs[0].Value;
            return Task.FromResult(MethodResult.Good(new NodeId("registered", 1)));
        };
        space.Get<MethodNode>(new NodeId(146, gds)).AccessDecidedByHandler = true;
        var plant = space.AddFolder(new NodeId(85), new NodeId("Plant", 1), new QualifiedName("Plant", 1));
        var int32 = new NodeId((uint)BuiltInType.Int32);
        _counter = space.AddVariable(plant.Id, new VariableNode(new NodeId("Counter", 1), new QualifiedName("Counter", 1))
        {
            DataType = int32,
            AccessLevel = AccessLevels.CurrentRead | AccessLevels.CurrentWrite,
        });
        Count(1);
        space.AddMethod(
            plant.Id, new NodeId("Add", 1), new QualifiedName("Add", 1), [new Argument("A", int32), new Argument("B", int32)], [new Argument("Sum", int32)],
            (call, _) => Task.FromResult(MethodResult.Good((int)call.Inputs[0].Value! + (int)call.Inputs[1].Value!)));
        return default;
    }

    public void Count(int value) => _counter.SetValue(value, TimeProvider.System.GetUtcNow().UtcDateTime);

    public void Raise(string message, ushort severity) => _app.Services.GetRequiredService<IEventSink>().Raise(
        new UaEvent(EventTypeIds.BaseEvent, new NodeId(2253), "Server", new LocalizedText("en", message), severity, TimeProvider.System.GetUtcNow().UtcDateTime));
}
