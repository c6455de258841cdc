namespace Gds.Store;

/// <summary>One client that enrolled with a token; coming back with the same certificate is not another use.</summary>
public sealed class TokenUse
{
    private TokenUse() { }

    public TokenUse(Guid tokenId, string clientThumbprint, string clientUri, DateTime now)
    {
        TokenId = tokenId;
        ClientThumbprint = clientThumbprint;
        ClientUri = clientUri;
        UsedAt = now;
    }

    public Guid TokenId { get; private set; }
    public string ClientThumbprint { get; private set; } = "";
    public string ClientUri { get; private set; } = "";
    public DateTime UsedAt { get; private set; }
}
