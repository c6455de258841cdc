namespace Benchmarks.Crypto;

/// <summary>The RSA blocks that the two OpenSecureChannel messages of one session carried, as they were seen on the wire.</summary>
internal sealed record OpenExchange(int RequestBlocks, int ResponseBlocks);
