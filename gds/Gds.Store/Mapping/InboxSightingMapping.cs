using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class InboxSightingMapping : IEntityTypeConfiguration<InboxSighting>
{
    public void Configure(EntityTypeBuilder<InboxSighting> builder)
    {
        builder.ToTable("InboxSightings");
        builder.HasKey(s => new { s.CertificateId, s.ApplicationId, s.Kind });
        builder.HasOne<Application>().WithMany().HasForeignKey(s => s.ApplicationId).OnDelete(DeleteBehavior.Cascade);
    }
}
