using System.Text.Json.Serialization;

namespace GatewayAgent.Configuration;

/// <summary>The key <c>drift</c> of an application: what becomes of certificates in its folder that neither the GDS nor a technician put there.</summary>
internal enum DriftPolicy
{
    /// <summary>They stay, and are reported.</summary>
    [JsonStringEnumMemberName("leave")]
    Leave,

    /// <summary>They are taken out of the folder and kept in the agent's data folder.</summary>
    [JsonStringEnumMemberName("remove")]
    Remove,

    /// <summary>They stay, and the GDS is asked to adopt them.</summary>
    [JsonStringEnumMemberName("offer")]
    Offer,
}
