using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class PushRunMapping : IEntityTypeConfiguration<PushRun>
{
    public void Configure(EntityTypeBuilder<PushRun> builder)
    {
        builder.ToTable("PushRuns");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasIndex(r => new { r.TargetId, r.CreatedAt });
        builder.HasIndex(r => r.State);
        builder.HasOne<PushTarget>().WithMany().HasForeignKey(r => r.TargetId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(r => r.Steps).WithOne().HasForeignKey(s => s.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}
