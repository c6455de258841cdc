using GatewayAgent.Configuration;

namespace GatewayAgent.Local;

/// <summary>Says that one process works on the data folder. The operating system lets go of it however the process ends.</summary>
internal sealed class AgentLock : IDisposable
{
    private readonly FileStream _file;

    private AgentLock(FileStream file) => _file = file;

    /// <summary>Null where another process holds it.</summary>
    public static AgentLock? TryTake(DataFolder data)
    {
        try
        {
            return new AgentLock(new FileStream(data.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"The data folder '{data.Root}' cannot be used: {e.Message} Run as its owner, or name another one with --data.", e);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new AgentProblem(ProblemKind.NotFound, $"The data folder '{data.Root}' does not exist.", e);
        }
        catch (IOException)
        {
            return null; // held by another process: the question that was asked
        }
    }

    public void Dispose() => _file.Dispose();
}
