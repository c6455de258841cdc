using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class IssueRequestMapping : IEntityTypeConfiguration<IssueRequest>
{
    public void Configure(EntityTypeBuilder<IssueRequest> builder)
    {
        builder.ToTable("IssueRequests");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Ignore(r => r.IsOpen);
        builder.Property(r => r.DomainNames).AsJson();
        builder.HasIndex(r => new { r.ApplicationId, r.State });
        builder.HasIndex(r => new { r.State, r.CreatedAt });
        builder.HasOne<Application>().WithMany().HasForeignKey(r => r.ApplicationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<CertificateGroup>().WithMany().HasForeignKey(r => r.GroupId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<IssuedCertificate>().WithMany().HasForeignKey(r => r.CertificateId).OnDelete(DeleteBehavior.Restrict);
    }
}
