using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class IssuedCertificateMapping : IEntityTypeConfiguration<IssuedCertificate>
{
    public void Configure(EntityTypeBuilder<IssuedCertificate> builder)
    {
        builder.ToTable("IssuedCertificates");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.HostNames).AsJson();
        builder.HasIndex(c => new { c.AuthorityId, c.SerialNumber }).IsUnique();
        builder.HasIndex(c => c.Thumbprint);
        builder.HasIndex(c => c.ApplicationId);
        builder.HasIndex(c => new { c.State, c.NotAfter });
        builder.HasOne<CertificateAuthorityRecord>().WithMany().HasForeignKey(c => c.AuthorityId).OnDelete(DeleteBehavior.Restrict);
    }
}
