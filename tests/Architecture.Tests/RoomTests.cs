namespace Architecture.Tests;

/// <summary>The table of rooms in ARCHITECTURE.md, held against the project files.</summary>
public class RoomTests
{
    /// <summary>What each room may use, itself left out. A room that is not listed may use nothing.</summary>
    private static readonly Dictionary<string, string[]> s_mayUse = new()
    {
        ["Ua.Core"] = [],
        ["Pki"] = [],
        ["Ua.Security"] = ["Ua.Core", "Pki"],
        ["Ua.Transport"] = ["Ua.Security", "Ua.Core", "Pki"],
        ["Ua.Server"] = ["Ua.Transport", "Ua.Security", "Ua.Core", "Pki"],
        ["Ua.Client"] = ["Ua.Transport", "Ua.Security", "Ua.Core", "Pki"],
        ["Ua.Gds"] = ["Ua.Client", "Ua.Transport", "Ua.Security", "Ua.Core", "Pki"],
        ["Gds.Authority"] = ["Pki"],
        ["Gds.Store"] = [],
        ["Gds.Core"] = ["Gds.Store", "Gds.Authority", "Pki", "Ua.Gds", "Ua.Client", "Ua.Transport", "Ua.Security", "Ua.Core"],
        ["Gds.OpcUa"] = ["Gds.Core", "Gds.Store", "Gds.Authority", "Pki", "Ua.Server", "Ua.Gds", "Ua.Client", "Ua.Transport", "Ua.Security", "Ua.Core"],
        ["Gds.Web"] = ["Gds.Core", "Gds.Store", "Gds.Authority", "Pki", "Ua.Gds", "Ua.Client", "Ua.Transport", "Ua.Security", "Ua.Core"],
        ["Gds.Migrations.Sqlite"] = ["Gds.Store"],
        ["Gds.Host"] =
        [
            "Gds.OpcUa", "Gds.Web", "Gds.Core", "Gds.Store", "Gds.Authority", "Gds.Migrations.Sqlite", "Pki",
            "Ua.Server", "Ua.Gds", "Ua.Client", "Ua.Transport", "Ua.Security", "Ua.Core",
        ],
        ["GatewayAgent"] = ["Ua.Gds", "Ua.Server", "Ua.Client", "Ua.Transport", "Ua.Security", "Ua.Core", "Pki"],
        ["demo-gateway"] = ["Ua.Server", "Ua.Client", "Ua.Transport", "Ua.Security", "Ua.Core", "Pki"],
        ["quickstart"] = [],
    };

    public static TheoryData<string> Rooms() =>
        new(Repository.ProjectFiles()
            .Where(path => !Path.GetRelativePath(Repository.Root, path).StartsWith("tests", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)!));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_only_what_the_table_lets_it(string room)
    {
        s_mayUse.ShouldContainKey(room, $"{room} is not in the table of rooms");
        Repository.Closure(room).Except(s_mayUse[room]).ShouldBeEmpty($"{room} uses a room that the table does not let it");
    }

    [Fact]
    public void Only_the_authority_signs_with_a_CA_key()
    {
        var outside = Repository.SourceFiles()
            .Where(path => !InRoom(path, "gds/Gds.Authority") && !InRoom(path, "tests"))
            .Where(path => File.ReadAllText(path).Contains("CaKeyStore", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(path => !path.Replace('\\', '/').StartsWith("gds/Gds.Core/", StringComparison.Ordinal));
        outside.ShouldBeEmpty("the store of CA keys is opened outside gds/Gds.Authority and its one user");
    }

    [Fact]
    public void The_server_does_not_know_that_it_is_a_GDS()
    {
        var words = new[] { "http://opcfoundation.org/UA/GDS/", "DirectoryType", "RegisterApplication" };
        var knowing =
            from path in Repository.SourceFiles()
            where InRoom(path, "shared/Ua.Server")
            let text = File.ReadAllText(path)
            from word in words
            where text.Contains(word, StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Repository.Root, path)}: {word}";
        knowing.ShouldBeEmpty();
    }

    [Fact]
    public void The_top_level_is_as_the_plan_says()
    {
        string[] expected = ["deploy", "gateway-agent", "gds", "migrations", "shared", "tests"];
        Directory.GetDirectories(Repository.Root).Select(Path.GetFileName)
            .Where(name => !name!.StartsWith('.') && name is not ("artifacts" or "TestResults"))
            .Order().ShouldBe(expected);
    }

    [Fact]
    public void Package_versions_stand_in_one_place()
    {
        var own = Repository.ProjectFiles().Where(path => File.ReadAllText(path).Contains("<PackageReference", StringComparison.Ordinal)
            && System.Xml.Linq.XDocument.Load(path).Descendants("PackageReference").Any(p => p.Attribute("Version") is not null));
        own.ShouldBeEmpty();
    }

    private static bool InRoom(string path, string room) =>
        Path.GetRelativePath(Repository.Root, path).Replace('\\', '/').StartsWith(room + "/", StringComparison.Ordinal);
}
