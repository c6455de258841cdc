namespace Interop.Driving;

/// <summary>A foreign peer answered that it could not do what it was asked.</summary>
internal sealed class PeerProblem : Exception
{
    public PeerProblem(string command, string? statusCode, string message, string standardError)
        : base($"{command}: {statusCode ?? "no status code"}: {message}{Tail(standardError)}")
    {
        StatusCode = statusCode;
        Text = message;
    }

    /// <summary>Name of the OPC UA status code that the peer met, for example BadCertificateUntrusted; null when there was none.</summary>
    public string? StatusCode { get; }

    /// <summary>The peer's own words.</summary>
    public string Text { get; }

    private static string Tail(string standardError) =>
        standardError.Length == 0 ? "" : $"{Environment.NewLine}--- the peer's standard error ---{Environment.NewLine}{standardError}";
}
