using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class ApplicationContactMapping : IEntityTypeConfiguration<ApplicationContact>
{
    public void Configure(EntityTypeBuilder<ApplicationContact> builder)
    {
        builder.ToTable("ApplicationContacts");
        builder.HasKey(c => c.ApplicationId);
        builder.HasOne<Application>().WithMany().HasForeignKey(c => c.ApplicationId).OnDelete(DeleteBehavior.Cascade);
    }
}
