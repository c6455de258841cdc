using Pki;

namespace Ua.Security.Certificates;

/// <summary>What a reason means for the connection.</summary>
public enum ReasonWeight
{
    /// <summary>The connection is not possible while it stands.</summary>
    Blocks,

    /// <summary>The connection is possible, and something will end it or should not be so.</summary>
    Warns,
}

/// <summary>One thing that is wrong between two applications, and what to do about it.</summary>
/// <param name="Text">A whole sentence that names certificate, file and date.</param>
/// <param name="ToDo">What a person does, one sentence.</param>
/// <param name="Thumbprint">SHA-1 of the certificate it is about; null where it is about none.</param>
/// <param name="Source">The file or row it rests on; null where there is none.</param>
public sealed record Reason(Cause Cause, ReasonWeight Weight, string Text, string ToDo, string? Thumbprint = null, string? Source = null)
{
    public static Reason Blocks(Cause cause, string text, ApplicationCertificate? certificate = null, string? source = null) =>
        new(cause, ReasonWeight.Blocks, text, Advice.For(cause), certificate?.Thumbprint, source);

    public static Reason Warns(Cause cause, string text, ApplicationCertificate? certificate = null, string? source = null) =>
        new(cause, ReasonWeight.Warns, text, Advice.For(cause), certificate?.Thumbprint, source);
}
