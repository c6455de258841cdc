using Ua.Core;
using Ua.Server.Conditions;
using Ua.Server.Nodes;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.Conditions;

/// <summary>A server with a certificate group whose facts a test turns, an administrator, and what it hears.</summary>
internal sealed class AlarmScene : IAsyncDisposable
{
    public static readonly NodeId Group = new("Group", 1);

    private static readonly string[] s_fields =
    [
        "EventId", "EventType", "SourceNode", "SourceName", "Time", "Message", "Severity", "EnabledState", "EnabledState/Id", "AckedState", "AckedState/Id",
        "ActiveState", "ActiveState/Id", "ActiveState/TransitionTime", "Retain", "Quality", "LastSeverity", "Comment", "ClientUserId", "BranchId",
        "ConditionClassId", "ConditionName", "SuppressedOrShelved", "ExpirationDate", "Certificate", "CertificateType", "TrustListId", "LastUpdateTime", "UpdateFrequency",
    ];

    private static readonly Dictionary<string, uint> s_types = new()
    {
        ["ExpirationDate"] = 13225,
        ["Certificate"] = 13225,
        ["CertificateType"] = 13225,
        ["TrustListId"] = 19297,
        ["LastUpdateTime"] = 19297,
        ["UpdateFrequency"] = 19297,
    };

    public required TestServer Server { get; init; }

    public required TestSession Admin { get; init; }

    public required TestSubscription Heard { get; init; }

    public TestFacts Facts { get; } = new();

    public GroupAlarms Alarms { get; private set; } = null!;

    public DateTime Now => Server.Time.GetUtcNow().UtcDateTime;

    public NodeId Expired => Alarms.CertificateExpired.Id;

    public static async Task<AlarmScene> BeginAsync(Action<AlarmScene>? prepare = null, RolePermissionType[]? roles = null)
    {
        var server = await TestServer.StartAsync();
        var group = server.Space.AddInstance(new NodeId(85), Group, new QualifiedName("Group", 1), new NodeId(12555));
        group.RolePermissions = roles;
        var admin = await server.ConnectAsync(TestUser.Admin);
        var heard = await TestSubscription.CreateAsync(server, admin, keepAlive: 2);
        (await heard.MonitorAsync(new NodeId(2253), AttributeId.EventNotifier, filter: Filter(), queueSize: 0)).StatusCode.ShouldBe(StatusCodes.Good);
        var scene = new AlarmScene { Server = server, Admin = admin, Heard = heard };
        scene.Facts.List = new TrustListFreshness(scene.Now, TimeSpan.FromHours(1), []);
        prepare?.Invoke(scene);
        scene.Alarms = await server.Get<CertificateGroupAlarms>().AttachAsync(Group, scene.Facts);
        return scene;
    }

    /// <summary>A scene whose certificate is near its end since a moment, with the event that said so.</summary>
    public static async Task<(AlarmScene Scene, Dictionary<string, Variant> Active)> ActiveAsync(RolePermissionType[]? roles = null)
    {
        var scene = await BeginAsync(s => s.Has("A", TimeSpan.FromDays(14) + TimeSpan.FromSeconds(1)), roles);
        scene.Server.Time.Advance(TimeSpan.FromSeconds(1));
        return (scene, (await scene.EventsAsync()).ShouldHaveSingleItem());
    }

    /// <summary>Lets the group have one certificate that ends after a while.</summary>
    public void Has(string thumbprint, TimeSpan left) => Facts.Certificates = [new CertificateInForce(new NodeId(12560), thumbprint, Now + left)];

    /// <summary>The conditions' events of the next message, by field; audit events are left out.</summary>
    public async Task<List<Dictionary<string, Variant>>> EventsAsync(TestSubscription? subscription = null) =>
        [.. (await (subscription ?? Heard).EventsAsync()).Select(Named).Where(e => e["ConditionId"].Value is NodeId || e["EventType"].Value is NodeId { Numeric: 2787 or 2788 })];

    public async Task<List<Dictionary<string, Variant>>> AllEventsAsync() => [.. (await Heard.EventsAsync()).Select(Named)];

    public Task<CallMethodResult> CallAsync(uint method, params Variant[] inputs) => Admin.CallAsync(Expired, new NodeId(method), inputs);

    public static ExtensionObject Filter(uint? ofType = null)
    {
        var fields = s_fields.Select(f => new SimpleAttributeOperand(
            new NodeId(s_types.GetValueOrDefault(f, 2041u)), [.. f.Split('/').Select(n => new QualifiedName(n))], (uint)AttributeId.Value));
        var conditionId = new SimpleAttributeOperand(new NodeId(2782), [], (uint)AttributeId.NodeId);
        ContentFilterElement[] where = ofType is { } type
            ? [new ContentFilterElement(FilterOperator.OfType, [ExtensionObject.Of(new LiteralOperand(new NodeId(type)))])]
            : [];
        return ExtensionObject.Of(new EventFilter([.. fields, conditionId], new ContentFilter(where)));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static Dictionary<string, Variant> Named(EventFieldList e) =>
        s_fields.Append("ConditionId").Select((name, i) => (name, e.EventFields[i])).ToDictionary(f => f.name, f => f.Item2);
}

/// <summary>Facts as a test wants them.</summary>
internal sealed class TestFacts : ICertificateGroupFacts
{
    public IReadOnlyList<CertificateInForce> Certificates { get; set; } = [];

    public TrustListFreshness List { get; set; } = new(DateTime.MinValue, TimeSpan.Zero, []);

    public Exception? Failure { get; set; }

    public ValueTask<IReadOnlyList<CertificateInForce>> CertificatesAsync(CancellationToken cancellationToken) => Failure is null ? new(Certificates) : throw Failure;

    public ValueTask<byte[]?> ReadAsync(CertificateInForce certificate, CancellationToken cancellationToken) => new(System.Text.Encoding.UTF8.GetBytes(certificate.Thumbprint));

    public ValueTask<TrustListFreshness> TrustListAsync(CancellationToken cancellationToken) => new(List);
}
