namespace Ua.Security.Certificates;

/// <summary>One step of Part 4, 6.1.3 over a chain that has been built: a report per certificate it looked at, leaf first.</summary>
internal interface IChainStep
{
    IEnumerable<StepReport> Run(ValidationContext context, CandidateChain chain);
}
