using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class TrustListEntryMapping : IEntityTypeConfiguration<TrustListEntry>
{
    public void Configure(EntityTypeBuilder<TrustListEntry> builder)
    {
        builder.ToTable("TrustListEntries");
        builder.HasKey(e => e.Id);
        builder.HasIndex(e => new { e.GroupId, e.Part, e.Thumbprint }).IsUnique();
        builder.HasOne<CertificateGroup>().WithMany().HasForeignKey(e => e.GroupId).OnDelete(DeleteBehavior.Restrict);
    }
}
