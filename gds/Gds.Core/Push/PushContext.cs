using Gds.Core.Applications;
using Gds.Core.State;
using Gds.Store;
using Ua.Gds;
using ApplicationRecord = Gds.Core.Applications.ApplicationRecord;

namespace Gds.Core.Push;

/// <summary>What all parts of one run share.</summary>
internal sealed record PushContext(PushRun Run, PushTarget Target, PushConnection Connection, PushNotes Notes);

/// <summary>One group of one application of the target, and the group of ours that it follows.</summary>
/// <param name="Configuration">The object at the target, NodeId of which stays the same in each session.</param>
/// <param name="IsServer">It is the server itself, so that its channels show its certificate.</param>
internal sealed record PushPlace(
    ApplicationRecord Application, GroupState Ours, ServerCertificateGroup Theirs, ServerConfigurationClient Configuration, ServerConfigurationProperties Properties, bool IsServer)
{
    public PushSubject Subject => new(Application.ApplicationUri, Theirs.Name);
}
