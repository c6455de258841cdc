namespace Gds.Store;

/// <summary>A small fact about this installation that must survive restarts.</summary>
public sealed class Setting
{
    private Setting() { }

    public Setting(string key, string value)
    {
        Key = key;
        Value = value;
    }

    public string Key { get; private set; } = "";
    public string Value { get; private set; } = "";

    public void Set(string value) => Value = value;
}
