using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class PushStepMapping : IEntityTypeConfiguration<PushStep>
{
    public void Configure(EntityTypeBuilder<PushStep> builder)
    {
        builder.ToTable("PushSteps");
        builder.HasKey(s => new { s.RunId, s.Number });
    }
}
