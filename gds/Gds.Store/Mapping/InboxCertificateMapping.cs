using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class InboxCertificateMapping : IEntityTypeConfiguration<InboxCertificate>
{
    public void Configure(EntityTypeBuilder<InboxCertificate> builder)
    {
        builder.ToTable("InboxCertificates");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasIndex(c => c.Sha256).IsUnique();
        builder.HasMany(c => c.Sightings).WithOne().HasForeignKey(s => s.CertificateId).OnDelete(DeleteBehavior.Cascade);
    }
}
