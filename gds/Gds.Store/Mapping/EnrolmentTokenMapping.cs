using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class EnrolmentTokenMapping : IEntityTypeConfiguration<EnrolmentToken>
{
    public void Configure(EntityTypeBuilder<EnrolmentToken> builder)
    {
        builder.ToTable("EnrolmentTokens");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Patterns).AsJson();
        builder.HasIndex(t => t.ExpiresAt);
        builder.HasMany(t => t.Uses).WithOne().HasForeignKey(u => u.TokenId).OnDelete(DeleteBehavior.Cascade);
    }
}
