using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Kit;

/// <summary>A few nodes to watch, call and write.</summary>
internal sealed class Plant
{
    public static readonly NodeId Folder = new("Plant", 1);

    public Plant(TestServer server)
    {
        Server = server;
        var space = server.Space;
        space.AddFolder(new NodeId(85), Folder, new QualifiedName("Plant", 1)).EventNotifier = 1;
        Level = space.AddVariable(Folder, new VariableNode(new NodeId("Level", 1), new QualifiedName("Level", 1))
        {
            DataType = new NodeId((uint)BuiltInType.Double),
            AccessLevel = AccessLevels.CurrentRead | AccessLevels.CurrentWrite,
        });
        Name = space.AddVariable(Folder, new VariableNode(new NodeId("Name", 1), new QualifiedName("Name", 1)) { DataType = new NodeId((uint)BuiltInType.String) });
        Asked = space.AddVariable(Folder, new VariableNode(new NodeId("Asked", 1), new QualifiedName("Asked", 1)) { DataType = new NodeId((uint)BuiltInType.Int32) });
        Asked.ValueSource = context => new DataValue(AskedValue, SourceTimestamp: context.Now);
        Set(0);
        Name.SetValue("name", Now);
    }

    public TestServer Server { get; }

    /// <summary>A value that is kept and announces its changes.</summary>
    public VariableNode Level { get; }

    public VariableNode Name { get; }

    /// <summary>A value that comes from a source, so that it has to be sampled.</summary>
    public VariableNode Asked { get; }

    public int AskedValue { get; set; }

    public DateTime Now => Server.Time.GetUtcNow().UtcDateTime;

    public void Set(double level) => Level.SetValue(level, Now);
}
