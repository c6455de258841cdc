using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class ApplicationAdminGrantMapping : IEntityTypeConfiguration<ApplicationAdminGrant>
{
    public void Configure(EntityTypeBuilder<ApplicationAdminGrant> builder)
    {
        builder.ToTable("ApplicationAdminGrants");
        builder.HasKey(g => new { g.ClientId, g.ManagedId });
        builder.HasIndex(g => g.ManagedId);
        builder.HasOne<Application>().WithMany().HasForeignKey(g => g.ClientId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Application>().WithMany().HasForeignKey(g => g.ManagedId).OnDelete(DeleteBehavior.Cascade);
    }
}
