using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace GdsSuite.Quickstart;

/// <summary>The walk itself: each method is a step, each step checks what it claims.</summary>
internal sealed class Walk(House house, Terminal terminal)
{
    private const string ValueNode = "ns=1;s=Value";
    private const string Administrator = "admin";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly string[] s_withAgent = ["A", "B"];

    private readonly int _gdsPort = House.FreePort();
    private readonly Dictionary<string, int> _ports = new() { ["A"] = House.FreePort(), ["B"] = House.FreePort(), ["C"] = House.FreePort() };
    private readonly TimeProvider _time = TimeProvider.System;
    private long _revoked;

    /// <returns>True where every step held.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        terminal.Say($"Everything of this walk lies in {house.Folder}");
        (string Title, Func<CancellationToken, Task> Run)[] steps =
        [
            ("The GDS starts on an empty folder: certificate authority, database, administrator", StartGdsAsync),
            ("Two gateways start, each with a trust folder and a certificate of its own making", StartGatewaysAsync),
            ("The gateways refuse each other", RefuseEachOtherAsync),
            ("An agent beside each gateway enrols it with a one-time token", EnrolAsync),
            ("The agents run: certificates are issued and trust lists synchronized", SynchronizeAsync),
            ("A's client connects to B with SignAndEncrypt and reads a value", ConnectAsync),
            ("A third gateway, C, has no agent: the GDS pushes its certificate and its trust list", PushAsync),
            ("A's certificate is revoked at the GDS", RevokeAsync),
            ("B's agent hears of it, the GDS pushes it to C, and both refuse A", RefuseRevokedAsync),
        ];
        foreach (var (title, run) in steps)
        {
            terminal.Step(title);
            try
            {
                await run(cancellationToken);
            }
            catch (StepFailedException e)
            {
                terminal.Failed(e.Message);
                return false;
            }
        }

        terminal.Say("");
        terminal.Say($"Every step held, in {_time.GetElapsedTime(start).TotalSeconds:F0} s.");
        return true;
    }

    private static string Uri(string gateway) => $"urn:localhost:gds-quickstart:gateway-{gateway.ToLowerInvariant()}";

    private string Url(string gateway) => $"opc.tcp://localhost:{_ports[gateway]}";

    private async Task StartGdsAsync(CancellationToken cancellationToken)
    {
        var first = (await Tool.Gds.RunAsync(cancellationToken, "--data", house.GdsFolder, "init", "--port", $"{_gdsPort}", "--host", "localhost", "--json")).Json();
        terminal.Held($"certificate authority made, SHA-256 {Text(first, "caFingerprint")}");
        Expect(first.GetProperty("administrator").ValueKind == JsonValueKind.Object, "first administrator made (its password is shown once, by the first start)", "no administrator was made");
        await house.StartAsync("gds", Tool.Gds.Command("--data", house.GdsFolder, "run", "--port", $"{_gdsPort}", "--host", "localhost"), "ready", cancellationToken);
        terminal.Held($"listening on opc.tcp://localhost:{_gdsPort}");
    }

    private async Task StartGatewaysAsync(CancellationToken cancellationToken)
    {
        foreach (var gateway in s_withAgent)
        {
            await house.StartAsync($"gateway-{gateway.ToLowerInvariant()}", Tool.Gateway.Command("serve", "--name", gateway, "--pki", house.TrustFolder(gateway), "--port", $"{_ports[gateway]}"), "ready", cancellationToken);
            var own = OwnCertificate(gateway);
            Expect(own.Subject == own.Issuer, $"gateway {gateway} listens on {Url(gateway)}, self-signed certificate {own.Thumbprint}", $"gateway {gateway} has no self-signed certificate");
        }
    }

    private async Task RefuseEachOtherAsync(CancellationToken cancellationToken)
    {
        foreach (var (from, to) in new[] { ("A", "B"), ("B", "A") })
        {
            var asClient = await ReadAsync(from, to, cancellationToken);
            Expect(!asClient.GetProperty("ok").GetBoolean(), $"{from}'s client refuses {to}: {Text(asClient, "statusCode")}", $"{from}'s client trusted {to} without any reason");
            ExpectFile(Path.Combine(house.TrustFolder(from), "rejected", "certs"), OwnCertificate(to).Thumbprint, $"{to}'s certificate lies in {from}'s rejected/certs");

            var asServer = await ReadAsync(from, to, cancellationToken, "--trust-any-server");
            Expect(!asServer.GetProperty("ok").GetBoolean(), $"{to}'s server refuses {from}: {Text(asServer, "statusCode")}", $"{to}'s server let an unknown client in");
            ExpectFile(Path.Combine(house.TrustFolder(to), "rejected", "certs"), OwnCertificate(from).Thumbprint, $"{from}'s certificate lies in {to}'s rejected/certs");
        }
    }

    private async Task EnrolAsync(CancellationToken cancellationToken)
    {
        foreach (var gateway in s_withAgent)
        {
            var token = (await Tool.Gds.RunAsync(cancellationToken, "--data", house.GdsFolder, "token", "create", "--application", Uri(gateway), "--expires", "1h", "--json")).Json();
            var enrolled = await Tool.Agent.RunAsync(
                cancellationToken,
                "--data", house.AgentFolder(gateway),
                "enroll", Text(token, "token"),
                "--application-name", $"Gateway {gateway}",
                "--application-uri", Uri(gateway),
                "--application-type", "ClientAndServer",
                "--discovery-url", Url(gateway),
                "--preset", "spec-annex-f", "--root", house.TrustFolder(gateway),
                "--json");
            Expect(enrolled.ExitCode == 0, $"agent of {gateway} enrolled: the GDS was known by the fingerprint in the token", $"the agent of {gateway} could not enrol: {enrolled.Said}");
        }

        var applications = (await Tool.Gds.RunAsync(cancellationToken, "--data", house.GdsFolder, "app", "list", "--json")).Json();
        foreach (var gateway in s_withAgent)
            Expect(applications.EnumerateArray().Any(application => Text(application, "applicationUri") == Uri(gateway)), $"the GDS knows {Uri(gateway)}", $"the GDS does not list {Uri(gateway)}");
    }

    private async Task SynchronizeAsync(CancellationToken cancellationToken)
    {
        foreach (var gateway in s_withAgent)
        {
            await house.StartAsync($"agent-{gateway.ToLowerInvariant()}", Tool.Agent.Command("--data", house.AgentFolder(gateway), "run"), "ready", cancellationToken);
            await SyncAsync(gateway, cancellationToken);
            using var own = OwnCertificate(gateway);
            var root = house.TrustFolder(gateway);
            var authorities = Files(Path.Combine(root, "trusted", "certs")).Select(X509CertificateLoader.LoadCertificateFromFile).Where(certificate => certificate.Subject == own.Issuer).ToArray();
            Expect(own.Subject != own.Issuer && authorities.Length == 1, $"gateway {gateway} holds a certificate of the GDS, until {own.NotAfter.ToUniversalTime():yyyy-MM-dd}", $"gateway {gateway} holds no certificate of the GDS");
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            Expect(chain.Build(own), "its signature and its issuer hold", $"its chain does not hold: {string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation))}");
            Expect(Files(Path.Combine(root, "trusted", "crl")).Length == 1, "its trust list carries the authority and its revocation list", "its trust list has no revocation list");
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        foreach (var (from, to) in new[] { ("A", "B"), ("B", "A") })
        {
            var read = await ReadAsync(from, to, cancellationToken);
            Expect(read.GetProperty("ok").GetBoolean(), $"{from} read {ValueNode} of {to}: {read.GetProperty("value")}", $"{from} could not read from {to}: {read}");
        }
    }

    private async Task PushAsync(CancellationToken cancellationToken)
    {
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        await house.StartAsync("gateway-c", Tool.Gateway.Command("serve", "--name", "C", "--pki", house.TrustFolder("C"), "--port", $"{_ports["C"]}", "--admin", Administrator, "--setup"), "ready", password, cancellationToken);
        string fingerprint;
        using (var first = OwnCertificate("C")) fingerprint = first.GetCertHashString(HashAlgorithmName.SHA256);
        string[] gds = ["--data", house.GdsFolder, "--json"];
        var registered = await Tool.Gds.RunAsync(cancellationToken, [.. gds, "app", "add", "--uri", Uri("C"), "--name", "Gateway C", "--product-uri", "urn:localhost:gds-quickstart", "--type", "ClientAndServer", "--discovery-url", Url("C"), "--capability", "DA"]);
        Expect(registered.ExitCode == 0, $"{Uri("C")} registered by hand", $"the GDS did not register C: {registered.Said}");
        var added = await Tool.Gds.RunWithInputAsync(password, cancellationToken, [.. gds, "push", "target", "add", Uri("C"), "--user", Administrator, "--fingerprint", fingerprint]);
        Expect(added.ExitCode == 0, $"the GDS may push to C, which it knows by the fingerprint of its certificate, SHA-256 {fingerprint}", $"C did not become a push target: {added.Said}");
        var pushed = await Tool.Gds.RunAsync(cancellationToken, [.. gds, "push", "run", Uri("C")]);
        Expect(pushed.ExitCode == 0, "the push ended well, seen by a new connection", $"the push failed: {pushed.Said}");
        using var own = OwnCertificate("C");
        Expect(own.Subject != own.Issuer, $"C holds a certificate of the GDS, until {own.NotAfter.ToUniversalTime():yyyy-MM-dd}", "C still holds its self-signed certificate");
        foreach (var (from, to) in new[] { ("A", "C"), ("C", "A") })
        {
            var read = await ReadAsync(from, to, cancellationToken);
            Expect(read.GetProperty("ok").GetBoolean(), $"{from} read {ValueNode} of {to}: {read.GetProperty("value")}", $"{from} could not read from {to}: {read}");
        }
    }

    private async Task RevokeAsync(CancellationToken cancellationToken)
    {
        var thumbprint = OwnCertificate("A").Thumbprint;
        var revoked = await Tool.Gds.RunAsync(cancellationToken, "--data", house.GdsFolder, "cert", "revoke", thumbprint, "--reason", "keyCompromise", "--json");
        _revoked = _time.GetTimestamp();
        Expect(revoked.ExitCode == 0, $"certificate {thumbprint} revoked, revocation list re-issued", $"the GDS did not revoke: {revoked.Said}");
    }

    private async Task RefuseRevokedAsync(CancellationToken cancellationToken)
    {
        var times = await Task.WhenAll(RefusedAfterAsync("B", cancellationToken), RefusedAfterAsync("C", cancellationToken));
        terminal.Held($"B refuses A with Bad_CertificateRevoked, seen {times[0].TotalSeconds:F1} s after the revocation");
        terminal.Held($"C refuses A with Bad_CertificateRevoked, seen {times[1].TotalSeconds:F1} s after the revocation");
        foreach (var (from, to) in new[] { ("B", "C"), ("C", "B") })
        {
            var read = await ReadAsync(from, to, cancellationToken);
            Expect(read.GetProperty("ok").GetBoolean(), $"{from} still reads from {to}", $"{from} could not read from {to}: {read}");
        }
    }

    /// <summary>A tries again and again, until it is refused for the right reason.</summary>
    private async Task<TimeSpan> RefusedAfterAsync(string gateway, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await ReadAsync("A", gateway, cancellationToken);
            var passed = _time.GetElapsedTime(_revoked);
            if (!read.GetProperty("ok").GetBoolean() && Text(read, "statusCode") is "BadCertificateRevoked") return passed;
            if (passed > s_patience) throw new StepFailedException($"{gateway} did not refuse A with Bad_CertificateRevoked within {s_patience.TotalSeconds:F0} s: {read}");
        }
    }

    private async Task SyncAsync(string gateway, CancellationToken cancellationToken)
    {
        var synced = await Tool.Agent.RunAsync(cancellationToken, "--data", house.AgentFolder(gateway), "sync", "--json");
        Expect(synced.ExitCode == 0, $"agent of {gateway} synchronized", $"the agent of {gateway} could not synchronize: {synced.Said}");
    }

    private async Task<JsonElement> ReadAsync(string from, string to, CancellationToken cancellationToken, params string[] more)
    {
        string[] arguments = ["read", "--name", from, "--pki", house.TrustFolder(from), "--url", Url(to), "--node", ValueNode, .. more];
        return (await Tool.Gateway.RunAsync(cancellationToken, arguments)).Json();
    }

    private X509Certificate2 OwnCertificate(string gateway)
    {
        var files = Files(Path.Combine(house.TrustFolder(gateway), "own", "certs"));
        return files.Length == 1
            ? X509CertificateLoader.LoadCertificateFromFile(files[0])
            : throw new StepFailedException($"expected one certificate in gateway {gateway}'s own/certs, found {files.Length}");
    }

    private static string[] Files(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder) : [];

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.ToString() : throw new StepFailedException($"the answer has no '{name}': {element}");

    private void ExpectFile(string folder, string thumbprint, string claim) =>
        Expect(
            Files(folder).Any(file => string.Equals(X509CertificateLoader.LoadCertificateFromFile(file).Thumbprint, thumbprint, StringComparison.OrdinalIgnoreCase)),
            claim,
            $"no certificate {thumbprint} in {folder}");

    private void Expect(bool holds, string claim, string otherwise)
    {
        if (!holds) throw new StepFailedException(otherwise);
        terminal.Held(claim);
    }
}
