using System.Text.Json;
using System.Text.Json.Serialization;
using Gds.Core.Explaining;

namespace Gds.Web.Records;

/// <summary>How the records of the API are written: camel case, names for enums, made at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(ApplicationJson))]
[JsonSerializable(typeof(ApplicationPageJson))]
[JsonSerializable(typeof(RegistrationJson))]
[JsonSerializable(typeof(RequestJson))]
[JsonSerializable(typeof(IReadOnlyList<RequestJson>))]
[JsonSerializable(typeof(RejectionJson))]
[JsonSerializable(typeof(CertificateJson))]
[JsonSerializable(typeof(IReadOnlyList<CertificateJson>))]
[JsonSerializable(typeof(RevocationJson))]
[JsonSerializable(typeof(GroupJson))]
[JsonSerializable(typeof(IReadOnlyList<GroupJson>))]
[JsonSerializable(typeof(IReadOnlyList<TrustListItemJson>))]
[JsonSerializable(typeof(TrustListOrderJson))]
[JsonSerializable(typeof(TokenOrderJson))]
[JsonSerializable(typeof(CreatedTokenJson))]
[JsonSerializable(typeof(IReadOnlyList<TokenJson>))]
[JsonSerializable(typeof(IReadOnlyList<UserJson>))]
[JsonSerializable(typeof(NewUserJson))]
[JsonSerializable(typeof(PasswordJson))]
[JsonSerializable(typeof(UserChangeJson))]
[JsonSerializable(typeof(PushTargetOrderJson))]
[JsonSerializable(typeof(PushTargetJson))]
[JsonSerializable(typeof(IReadOnlyList<PushTargetJson>))]
[JsonSerializable(typeof(PushOrderJson))]
[JsonSerializable(typeof(PushRunJson))]
[JsonSerializable(typeof(IReadOnlyList<PushRunJson>))]
[JsonSerializable(typeof(IReadOnlyList<AuditJson>))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(SyncJson))]
[JsonSerializable(typeof(IReadOnlyList<MemberJson>))]
[JsonSerializable(typeof(InboxJson))]
[JsonSerializable(typeof(IReadOnlyList<InboxJson>))]
[JsonSerializable(typeof(InboxTrustJson))]
[JsonSerializable(typeof(HealthJson))]
[JsonSerializable(typeof(ProblemJson))]
public sealed partial class GdsJson : JsonSerializerContext;
