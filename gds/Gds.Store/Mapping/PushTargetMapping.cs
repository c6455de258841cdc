using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class PushTargetMapping : IEntityTypeConfiguration<PushTarget>
{
    public void Configure(EntityTypeBuilder<PushTarget> builder)
    {
        builder.ToTable("PushTargets");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.HasIndex(t => t.ApplicationId).IsUnique();
        builder.HasOne<Application>().WithMany().HasForeignKey(t => t.ApplicationId).OnDelete(DeleteBehavior.Cascade);
    }
}
