using System.Net;
using System.Text;
using Pki;
using TestKit;
using Ua.Client.Tests.Kit;
using Ua.Core;
using Ua.Gds;
using Ua.Security.Certificates;
using Ua.Server.Nodes;

namespace Gds.Core.Tests.Push;

/// <summary>A server with push management that behaves as badly as a test wants. It keeps its trust list in memory and shows whatever certificate was put into force.</summary>
internal sealed class ScriptedTarget : IAsyncDisposable
{
    private readonly OwnServer _server;
    private readonly List<Action> _queue = [];
    private KeyPair _key;
    private KeyPair? _newKey;
    private byte[] _file = [];
    private int _position;

    private ScriptedTarget(OwnServer server)
    {
        _server = server;
        _key = server.Peer.Key;
        Relay = new CuttableRelay(server.Port);
        List = new TrustListDataType(TrustListMasks.All, [server.Client.Der], [], [], []);
    }

    public string Uri => _server.Peer.Uri;

    public string Url => $"opc.tcp://localhost:{Relay.Port}";

    public CuttableRelay Relay { get; }

    public TestPeer Gds => _server.Client;

    public string FirstSha256 => _server.Peer.Certificate.Sha256;

    public TrustListDataType List { get; set; }

    public ApplicationCertificate Served => _server.Identity.Current.Primary.Certificate;

    /// <summary>Somebody went back to the certificate with which the server came.</summary>
    public void ServeFirst() => _server.Identity.Replace(new ApplicationIdentity(new IdentityCertificate(_server.Peer.Certificate, _server.Peer.Key, [])));

    public List<string> Calls { get; } = [];

    public List<byte[]> Rejected { get; } = [];

    public bool HasTransactions { get; init; } = true;

    public bool MakesKeys { get; init; } = true;

    public bool LosesAnswerOfApply { get; set; }

    public bool IgnoresApply { get; set; }

    public int PendingCalls { get; set; }

    public uint SecondsTillShutdown { get; set; }

    /// <summary>How long the target goes on with its old certificate after ApplyChanges.</summary>
    public TimeSpan ApplyTakes { get; init; }

    public StatusCode? RefusesCertificate { get; set; }

    public string ApplicationUriProperty
    {
        set => Set(25706, value);
    }

    public string[] KeyFormats
    {
        set => Set(12639, (string?[])value);
    }

    public static async Task<ScriptedTarget> StartAsync(Func<OwnServer, ScriptedTarget>? make = null)
    {
        var server = await OwnServer.StartAsync(claims: [ServerConfigurationIds.ServerConfiguration]);
        foreach (var node in server.Space.Nodes) node.RolePermissions = null;
        foreach (var other in (uint[])[14088, 14122]) server.Space.Remove(new NodeId(other));
        var target = (make ?? (s => new ScriptedTarget(s)))(server);
        target.Play();
        return target;
    }

    public static Task<ScriptedTarget> StartAsync(bool transactions, bool makesKeys = true, TimeSpan applyTakes = default) =>
        StartAsync(s => new ScriptedTarget(s) { HasTransactions = transactions, MakesKeys = makesKeys, ApplyTakes = applyTakes });

    /// <summary>Takes a member away, as a server of another version lacks it.</summary>
    public void Lacks(uint node) => _server.Space.Remove(new NodeId(node)).ShouldBeTrue();

    public async ValueTask DisposeAsync()
    {
        await Relay.DisposeAsync();
        await _server.DisposeAsync();
    }

    private void Play()
    {
        if (!HasTransactions) Lacks(25708);
        Set(25706, Uri);
        Set(12639, (string?[])[]);
        Set(14161, (NodeId[])[ObjectTypeIds.RsaSha256ApplicationCertificateType]);
        On(12647, "Open", inputs => [Open((byte)inputs[0].Value!)]);
        On(12652, "Read", inputs => [Read((int)inputs[1].Value!)]);
        On(12650, "Close", _ => []);
        On(12655, "Write", inputs =>
        {
            _file = [.. _file, .. (byte[])inputs[1].Value!];
            return [];
        });
        On(12666, "CloseAndUpdate", _ => [Change(() => List = TrustListContent.Decode(_file))]);
        On(12668, "AddCertificate", inputs =>
        {
            var certificate = (byte[])inputs[0].Value!;
            Change(() => List = List with { TrustedCertificates = [.. List.TrustedCertificates, certificate] });
            return [];
        });
        On(12670, "RemoveCertificate", inputs =>
        {
            Change(() => List = List with { TrustedCertificates = [.. List.TrustedCertificates.Where(c => ApplicationCertificate.Parse(c).Thumbprint != (string)inputs[0].Value!)] });
            return [];
        });
        On(12737, "CreateSigningRequest", inputs => [SigningRequestFor((bool)inputs[3].Value!)]);
        On(13737, "UpdateCertificate", Update);
        On(12740, "ApplyChanges", _ => Apply());
        On(12777, "GetRejectedList", _ => [(byte[]?[])[.. Rejected]]);
        if (HasTransactions) On(25708, "CancelChanges", _ => Cancel());
        _server.Tamper = async (request, honest) => Announcing(await honest(), request);
    }

    private uint Open(byte mode)
    {
        _file = mode == 1 ? TrustListContent.Encode(List) : [];
        _position = 0;
        return 7;
    }

    private byte[] Read(int length)
    {
        var block = _file.AsSpan(_position, Math.Min(length, _file.Length - _position)).ToArray();
        _position += block.Length;
        return block;
    }

    private byte[] SigningRequestFor(bool newKey)
    {
        if (!MakesKeys) throw new UaException(StatusCodes.BadNotSupported, "No key can be made here.");
        if (newKey) _newKey = KeyPair.Create(KeyPairKind.Rsa2048);
        return SigningRequest.Create(SubjectName.Parse("CN=target"), _newKey ?? _key, Uri, ["localhost"], []);
    }

    private Variant[] Update(Variant[] inputs)
    {
        if (RefusesCertificate is { } status) throw new UaException(status, "Not this one.");
        var certificate = ApplicationCertificate.Parse((byte[])inputs[2].Value!);
        var key = inputs[4].Value switch
        {
            "PFX" => KeyPair.Import(PfxFile.Read((byte[])inputs[5].Value!, "").Key.ExportPkcs8()),
            "PEM" => KeyPair.ImportPem(Encoding.ASCII.GetString((byte[])inputs[5].Value!)),
            _ => _newKey is { } made && made.Matches(certificate.PublicKey) ? made : _key,
        };
        if (!key.Matches(certificate.PublicKey)) throw new UaException(StatusCodes.BadSecurityChecksFailed, "The key is another.");
        return [Change(() =>
        {
            _key = key;
            _server.Identity.Replace(new ApplicationIdentity(new IdentityCertificate(certificate, key, [])));
        })];
    }

    private bool Change(Action change)
    {
        if (HasTransactions) _queue.Add(change);
        else change();
        return HasTransactions;
    }

    private Variant[] Apply()
    {
        if (_queue.Count == 0) throw new UaException(StatusCodes.BadNothingToDo, "Nothing was changed.");
        var changes = _queue.ToArray();
        _queue.Clear();
        if (!IgnoresApply)
        {
            if (ApplyTakes == default) Run();
            else _ = Task.Delay(ApplyTakes).ContinueWith(_ => Run(), TaskScheduler.Default);
        }
        if (LosesAnswerOfApply) Relay.Cut();
        return [];

        void Run()
        {
            foreach (var change in changes) change();
        }
    }

    private Variant[] Cancel()
    {
        if (_queue.Count == 0) throw new UaException(StatusCodes.BadNothingToDo, "Nothing was changed.");
        _queue.Clear();
        return [];
    }

    private void On(uint method, string name, Func<Variant[], Variant[]> play)
    {
        var node = _server.Space.Get<MethodNode>(new NodeId(method));
        node.AccessDecidedByHandler = true;
        node.Handler = (call, _) =>
        {
            lock (Calls) Calls.Add(name);
            if (name is "CloseAndUpdate" or "UpdateCertificate" or "AddCertificate" && PendingCalls > 0)
            {
                PendingCalls--;
                throw new UaException(StatusCodes.BadTransactionPending, "Session 7 changes something.");
            }
            return Task.FromResult(MethodResult.Good(play(call.Inputs)));
        };
    }

    private void Set(uint variable, Variant value) => _server.Space.Get<VariableNode>(new NodeId(variable)).SetValue(value, DateTime.UnixEpoch);

    private IServiceResponse Announcing(IServiceResponse answer, IServiceRequest request)
    {
        if (SecondsTillShutdown == 0 || request is not ReadRequest read || answer is not ReadResponse response || read.NodesToRead[0].NodeId != VariableIds.ServerStatus) return answer;
        ((ExtensionObject)response.Results[0].Value.Value!).TryDecode<ServerStatusDataType>(out var status).ShouldBeTrue();
        var announced = status! with { State = ServerState.Shutdown, SecondsTillShutdown = SecondsTillShutdown };
        return response with { Results = [response.Results[0] with { Value = ExtensionObject.Of(announced) }] };
    }
}
