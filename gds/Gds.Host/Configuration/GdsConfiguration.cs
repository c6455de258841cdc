using Microsoft.Extensions.Configuration;

namespace Gds.Host.Configuration;

/// <summary>Reads gds.json of the data folder and the variables GDS_Section__Key; the variables win.</summary>
internal static class GdsConfiguration
{
    private const string Prefix = "GDS_";

    /// <exception cref="ConfigurationProblem">The file cannot be read, or a key is not known.</exception>
    public static IConfigurationRoot Read(DataFolder folder)
    {
        var file = File(folder);
        var environment = new ConfigurationBuilder().AddEnvironmentVariables(Prefix).Build();
        string[] faults =
        [
            .. KnownKeys.Faults(file, folder.Configuration, fromEnvironment: false),
            .. KnownKeys.Faults(environment, $"the environment ({Prefix}...)", fromEnvironment: true),
        ];
        if (faults.Length > 0) throw new ConfigurationProblem(string.Join(Environment.NewLine, faults));
        return new ConfigurationBuilder().AddConfiguration(file).AddConfiguration(environment).Build();
    }

    private static IConfigurationRoot File(DataFolder folder)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(folder.Configuration, optional: true, reloadOnChange: false).Build();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationProblem($"{folder.Configuration} cannot be read: {(e.InnerException ?? e).Message}", e);
        }
    }
}

/// <summary>The configuration cannot work; the text names the key.</summary>
internal sealed class ConfigurationProblem : Exception
{
    public ConfigurationProblem(string text) : base(text)
    {
    }

    public ConfigurationProblem(string text, Exception inner) : base(text, inner)
    {
    }
}
