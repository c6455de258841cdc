using System.Text.Json;
using System.Text.Json.Serialization;
using Gds.Core.Explaining;
using Gds.Web.Records;

namespace Gds.Host.Output;

/// <summary>What init made; the administrator is there only the first time.</summary>
internal sealed record InitJson(
    string DataFolder, string Endpoint, string CaFingerprint, string CaThumbprint, string ServerCertificateFingerprint, AdministratorJson? Administrator);

internal sealed record AdministratorJson(string Name, string Password);

/// <summary>An application with its certificates.</summary>
internal sealed record ApplicationDetailJson(ApplicationJson Application, IReadOnlyList<CertificateJson> Certificates);

/// <summary>A user whose password was made here.</summary>
internal sealed record GeneratedPasswordJson(string Name, string? Password);

/// <summary>Something that was removed, revoked or changed.</summary>
internal sealed record DoneJson(string Done);

/// <summary>JSON of the command line: that of the API and its own, indented.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(InitJson))]
[JsonSerializable(typeof(ApplicationDetailJson))]
[JsonSerializable(typeof(GeneratedPasswordJson))]
[JsonSerializable(typeof(DoneJson))]
[JsonSerializable(typeof(IReadOnlyList<ApplicationJson>))]
[JsonSerializable(typeof(IReadOnlyList<RequestJson>))]
[JsonSerializable(typeof(IReadOnlyList<CertificateJson>))]
[JsonSerializable(typeof(IReadOnlyList<GroupJson>))]
[JsonSerializable(typeof(CreatedTokenJson))]
[JsonSerializable(typeof(IReadOnlyList<TokenJson>))]
[JsonSerializable(typeof(IReadOnlyList<UserJson>))]
[JsonSerializable(typeof(PushTargetJson))]
[JsonSerializable(typeof(IReadOnlyList<PushTargetJson>))]
[JsonSerializable(typeof(PushRunJson))]
[JsonSerializable(typeof(IReadOnlyList<PushRunJson>))]
[JsonSerializable(typeof(IReadOnlyList<AuditJson>))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(InboxJson))]
[JsonSerializable(typeof(IReadOnlyList<InboxJson>))]
[JsonSerializable(typeof(IReadOnlyList<TrustListItemJson>))]
[JsonSerializable(typeof(HealthJson))]
internal sealed partial class HostJson : JsonSerializerContext
{
    public static HostJson Pretty => Default;
}
