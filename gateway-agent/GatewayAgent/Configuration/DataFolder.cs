using System.Runtime.InteropServices;
using Pki;

namespace GatewayAgent.Configuration;

/// <summary>The agent's data folder and what lies where in it. Only its owner can look inside.</summary>
internal sealed class DataFolder(string path)
{
    public const string EnvironmentVariable = "GATEWAY_AGENT_DATA";

    public string Root { get; } = Path.GetFullPath(path);

    public string ConfigurationFile => Path.Combine(Root, "agent.json");

    /// <summary>Held open by the one process that works on the folder.</summary>
    public string LockFile => Path.Combine(Root, "agent.lock");

    /// <summary>The door for the command line while the agent runs.</summary>
    public string Socket => Path.Combine(Root, "agent.sock");

    /// <summary>The agent's own trust folder.</summary>
    public string Pki => Path.Combine(Root, "pki");

    /// <summary>What the endpoint keeps over a restart: keys that wait for their certificate, changes under way.</summary>
    public string Pushed => Path.Combine(State, "pushed");

    /// <summary>Name and password hash of the user who may push.</summary>
    public string Administrator => Path.Combine(State, "administrator.json");

    /// <summary>What people said about alarms.</summary>
    public string Alarms => Path.Combine(State, "alarms.json");

    public string State => Path.Combine(Root, "state");

    /// <summary>The named pipe that takes the place of the socket on Windows.</summary>
    public string PipeName => "gateway-agent-" + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Root.ToUpperInvariant())))[..16];

    /// <summary>Where data lies when nobody says: the environment, else the platform's place for services or for the user.</summary>
    public static string Default()
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } set) return set;
        if (OperatingSystem.IsWindows()) return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "GdsSuite", "gateway-agent");
        return RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && Environment.IsPrivilegedProcess
            ? "/var/lib/gateway-agent"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "gateway-agent");
    }

    public void Create()
    {
        try
        {
            OwnerOnlyDirectory.Create(Root);
            OwnerOnlyDirectory.Create(State);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PkiException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"The data folder '{Root}' cannot be made or used: {e.Message} Name another one with --data, or run as its owner.", e);
        }
    }
}
