using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class CrlMapping : IEntityTypeConfiguration<Crl>
{
    public void Configure(EntityTypeBuilder<Crl> builder)
    {
        builder.ToTable("Crls");
        builder.HasKey(c => new { c.AuthorityId, c.Number });
        builder.HasOne<CertificateAuthorityRecord>().WithMany().HasForeignKey(c => c.AuthorityId).OnDelete(DeleteBehavior.Restrict);
    }
}
