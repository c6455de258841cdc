namespace Ua.Security.Certificates;

/// <summary>What a step found wrong with a certificate: the end of a sentence that begins with its name, and the same in one word.</summary>
/// <param name="MaySuppress">Whether a setting can turn it into a warning.</param>
internal sealed record StepFault(Cause Cause, string What, bool MaySuppress = true);
