using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class MemberReportMapping : IEntityTypeConfiguration<MemberReport>
{
    public void Configure(EntityTypeBuilder<MemberReport> builder)
    {
        builder.ToTable("MemberReports");
        builder.HasKey(r => new { r.ApplicationId, r.GroupId });
        builder.HasOne<Application>().WithMany().HasForeignKey(r => r.ApplicationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<CertificateGroup>().WithMany().HasForeignKey(r => r.GroupId).OnDelete(DeleteBehavior.Restrict);
    }
}
