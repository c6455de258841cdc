using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class ApplicationMapping : IEntityTypeConfiguration<Application>
{
    public void Configure(EntityTypeBuilder<Application> builder)
    {
        builder.ToTable("Applications");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasIndex(a => a.ApplicationUri).IsUnique();
        builder.HasIndex(a => a.RecordId).IsUnique();
        builder.Property(a => a.Names).AsJson();
        builder.Property(a => a.DiscoveryUrls).AsJson();
        builder.Property(a => a.ServerCapabilities).AsJson();
    }
}
