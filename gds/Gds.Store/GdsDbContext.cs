using Gds.Store.Mapping;
using Microsoft.EntityFrameworkCore;

namespace Gds.Store;

/// <summary>The database of the GDS; the repository of every use case.</summary>
public sealed class GdsDbContext(DbContextOptions<GdsDbContext> options) : DbContext(options)
{
    public DbSet<Application> Applications => Set<Application>();
    public DbSet<ApplicationAdminGrant> ApplicationAdminGrants => Set<ApplicationAdminGrant>();
    public DbSet<CertificateGroup> CertificateGroups => Set<CertificateGroup>();
    public DbSet<GroupMembership> GroupMemberships => Set<GroupMembership>();
    public DbSet<CertificateAuthorityRecord> CertificateAuthorities => Set<CertificateAuthorityRecord>();
    public DbSet<Crl> Crls => Set<Crl>();
    public DbSet<IssuedCertificate> IssuedCertificates => Set<IssuedCertificate>();
    public DbSet<IssueRequest> IssueRequests => Set<IssueRequest>();
    public DbSet<TrustListEntry> TrustListEntries => Set<TrustListEntry>();
    public DbSet<User> Users => Set<User>();
    public DbSet<EnrolmentToken> EnrolmentTokens => Set<EnrolmentToken>();
    public DbSet<MemberReport> MemberReports => Set<MemberReport>();
    public DbSet<ApplicationContact> ApplicationContacts => Set<ApplicationContact>();
    public DbSet<InboxCertificate> InboxCertificates => Set<InboxCertificate>();
    public DbSet<PushTarget> PushTargets => Set<PushTarget>();
    public DbSet<PushRun> PushRuns => Set<PushRun>();
    public DbSet<AuditRow> AuditRows => Set<AuditRow>();
    public DbSet<Counter> Counters => Set<Counter>();
    public DbSet<Setting> Settings => Set<Setting>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(GdsDbContext).Assembly);
    }
}
