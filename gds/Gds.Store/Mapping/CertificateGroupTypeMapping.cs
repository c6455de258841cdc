using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gds.Store.Mapping;

internal sealed class CertificateGroupTypeMapping : IEntityTypeConfiguration<CertificateGroupType>
{
    public void Configure(EntityTypeBuilder<CertificateGroupType> builder)
    {
        builder.ToTable("CertificateGroupTypes");
        builder.HasKey(t => new { t.GroupId, t.TypeId });
    }
}
