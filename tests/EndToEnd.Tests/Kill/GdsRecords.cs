using Microsoft.Data.Sqlite;

namespace EndToEnd.Tests.Kill;

/// <summary>The database of a GDS as it lies on the disk, read past all code of the GDS.</summary>
internal sealed class GdsRecords(string dataFolder)
{
    private const int Issued = 1, Revoked = 2;
    private const int Waiting = 0, Approved = 1;

    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(dataFolder, "gds.db"),
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
        DefaultTimeout = 10,
    }.ToString();

    /// <summary>Certificates that the GDS knows as handed out or ready to be: serial number and DER, with the serial numbers of the revoked ones.</summary>
    public (Dictionary<string, byte[]> Certificates, HashSet<string> Revoked) Certificates()
    {
        var certificates = new Dictionary<string, byte[]>();
        var revoked = new HashSet<string>();
        foreach (var row in Rows($"SELECT SerialNumber, Certificate, State FROM IssuedCertificates WHERE State IN ({Issued}, {Revoked})"))
        {
            certificates.Add((string)row[0], (byte[])row[1]);
            if ((long)row[2] == Revoked) revoked.Add((string)row[0]);
        }

        return (certificates, revoked);
    }

    /// <summary>Serial numbers that stand in more than one row, whatever the state.</summary>
    public IReadOnlyList<string> RepeatedSerialNumbers() =>
        [.. Rows("SELECT SerialNumber FROM IssuedCertificates GROUP BY SerialNumber HAVING COUNT(*) > 1").Select(r => (string)r[0])];

    /// <summary>Requests on which nobody works any more: approved by a rule and without a certificate, or waiting for a person though a rule covers them.</summary>
    public IReadOnlyList<string> StuckRequests() =>
        [.. Rows($"SELECT Id, State FROM IssueRequests WHERE State IN ({Waiting}, {Approved})").Select(r => $"{r[0]} in state {r[1]}")];

    /// <summary>The details of all audit rows of an action that ended well.</summary>
    public IReadOnlyList<string> AuditDetails(string action) =>
        [.. Rows("SELECT Detail FROM AuditRows WHERE Action = $action AND Result = 'Good'", ("$action", action)).Select(r => (string)r[0])];

    /// <summary>The targets of all audit rows of an action that ended well.</summary>
    public IReadOnlyList<string> AuditTargets(string action) =>
        [.. Rows("SELECT Target FROM AuditRows WHERE Action = $action AND Result = 'Good'", ("$action", action)).Select(r => (string)r[0])];

    /// <summary>All CRLs that are kept, by their number.</summary>
    public SortedDictionary<long, byte[]> RevocationLists() =>
        new(Rows("SELECT Number, Der FROM Crls").ToDictionary(r => (long)r[0], r => (byte[])r[1]));

    /// <summary>Runs of pushes that are queued or going on, targets that are to be tried again, and requests of pushes whose certificate nobody has seen at a target.</summary>
    public IReadOnlyList<string> PendingPushes() =>
    [
        .. Rows("SELECT Id, State FROM PushRuns WHERE State IN (0, 1)").Select(r => $"run {r[0]} in state {r[1]}"),
        .. Rows("SELECT EndpointUrl, FailedRuns FROM PushTargets WHERE RetryAt IS NOT NULL").Select(r => $"target {r[0]} after {r[1]} failed runs"),
        .. Rows("SELECT Id, State FROM IssueRequests WHERE RequestedFrom = 'push' AND State IN (0, 1, 3)").Select(r => $"request {r[0]} in state {r[1]}"),
    ];

    /// <summary>How the runs of pushes ended: state and number.</summary>
    public Dictionary<long, long> PushRuns() => Rows("SELECT State, COUNT(*) FROM PushRuns GROUP BY State").ToDictionary(r => (long)r[0], r => (long)r[1]);

    public string IntegrityCheck() => (string)Rows("PRAGMA integrity_check").First()[0];

    private IEnumerable<object[]> Rows(string sql, params (string Name, object Value)[] parameters)
    {
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the texts are constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return row;
        }
    }
}
