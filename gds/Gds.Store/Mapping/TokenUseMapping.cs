using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class TokenUseMapping : IEntityTypeConfiguration<TokenUse>
{
    public void Configure(EntityTypeBuilder<TokenUse> builder)
    {
        builder.ToTable("TokenUses");
        builder.HasKey(u => new { u.TokenId, u.ClientThumbprint });
    }
}
