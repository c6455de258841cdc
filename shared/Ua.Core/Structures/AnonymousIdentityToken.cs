namespace Ua.Core;

/// <summary>No user (Part 4, 7.41.3).</summary>
public sealed record AnonymousIdentityToken(string? PolicyId) : IUaEncodable<AnonymousIdentityToken>
{
    public static uint BinaryEncodingId => 321;

    public void Write(ref UaWriter w) => w.String(PolicyId);

    public static AnonymousIdentityToken Read(ref UaReader r) => new(PolicyId: r.String());
}
