using Ua.Security.Certificates;

namespace GatewayAgent.Configuration;

/// <summary>What a person should know about the preset of an application.</summary>
internal static class PresetNotes
{
    public static IReadOnlyList<string> Of(ApplicationConfiguration application)
    {
        var layout = application.LayoutInForce;
        List<string> notes = [];
        if (layout.Confirm is { } confirm) notes.Add($"The preset {layout.Name} has to be confirmed. {confirm}");
        if (application.Stores().All(s => s.Layout.Own is null)) notes.Add($"The preset {layout.Name} manages lists only: the application's own certificate is kept elsewhere and renewed by other means.");
        if (application.Reload.Kind == ReloadKind.None && Restarts(layout) is { } what) notes.Add($"Products of the preset {layout.Name} read {what} only at start: set reload to the service or command that restarts this one.");
        return notes;
    }

    private static string? Restarts(TrustFolderLayout layout) => (layout.Reload.Lists, layout.Reload.Own) switch
    {
        (Notice.Restart, _) => "their trust folder",
        (_, Notice.Restart) when layout.Own is not null => "their own certificate",
        _ => null,
    };
}
