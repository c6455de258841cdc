namespace Gds.Store;

/// <summary>A certificate type that a group issues, by its namespace 0 id; the lowest position is the default.</summary>
public sealed class CertificateGroupType
{
    private CertificateGroupType() { }

    public CertificateGroupType(uint typeId, int position)
    {
        TypeId = typeId;
        Position = position;
    }

    public int GroupId { get; private set; }
    public uint TypeId { get; private set; }
    public int Position { get; private set; }
}
