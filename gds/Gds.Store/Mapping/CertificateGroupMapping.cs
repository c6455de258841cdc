using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class CertificateGroupMapping : IEntityTypeConfiguration<CertificateGroup>
{
    public void Configure(EntityTypeBuilder<CertificateGroup> builder)
    {
        builder.ToTable("CertificateGroups");
        builder.HasKey(g => g.Id);
        builder.HasIndex(g => g.Name).IsUnique();
        builder.Property(g => g.TrustListTimes).AsJson();
        builder.HasMany(g => g.Types).WithOne().HasForeignKey(t => t.GroupId).OnDelete(DeleteBehavior.Cascade);
    }
}
