using Ua.Core;
using Ua.Security;

namespace Ua.Client;

/// <summary>The endpoint that a connection uses, all that discovery showed beside it, and the own certificate for its policy.</summary>
internal sealed record ChosenEndpoint(EndpointDescription Endpoint, EndpointDescription[] Discovered, ISecurityPolicy Policy, OwnCertificate? Own);
