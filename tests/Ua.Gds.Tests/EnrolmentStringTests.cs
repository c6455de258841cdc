using System.Security.Cryptography;

namespace Ua.Gds.Tests;

public sealed class EnrolmentStringTests
{
    private static readonly byte[] Fingerprint = SHA256.HashData([1]), Secret = SHA256.HashData([2]);
    private static readonly Guid Token = new("0192f0c4-5b7e-7c3a-8d2e-6f1a2b3c4d5e");

    private static EnrolmentString Sample(string url = "opc.tcp://gds.plant:58810") => new(url, Fingerprint, Token, Secret);

    [Theory]
    [InlineData("opc.tcp://gds.plant:58810")]
    [InlineData("opc.tcp://[fe80::1]:58810/GDS")]
    public void What_was_written_is_read(string url)
    {
        var text = Sample(url).ToText();
        text.ShouldStartWith("gds1.");
        EnrolmentString.TryParse(" " + text + "\n", out var read, out string? fault).ShouldBeTrue(fault);
        read!.EndpointUrl.ShouldBe(url);
        read.CertificateSha256.ShouldBe(Fingerprint);
        read.TokenId.ShouldBe(Token);
        read.Secret.ShouldBe(Secret);
    }

    [Fact]
    public void The_text_is_one_word_that_survives_a_shell_and_a_mail()
        => Sample().ToText().ShouldAllBe(c => char.IsAsciiLetterOrDigit(c) || c == '.' || c == '-' || c == '_');

    [Fact]
    public void Every_changed_or_missing_character_is_noticed()
    {
        var text = Sample().ToText();
        for (var i = 0; i < text.Length; i++)
        {
            EnrolmentString.TryParse(text.Remove(i, 1), out _, out string? cut).ShouldBeFalse($"without character {i}");
            cut.ShouldNotBeNullOrEmpty();
            var changed = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            if (EnrolmentString.TryParse(changed, out var read, out _)) read.ToText().ShouldBe(text, $"character {i}"); // unused bits of the last one
        }
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("gds2.AAAA", "begin with gds1.")]
    [InlineData("gds1.", "short")]
    [InlineData("gds1.AAAA", "short")]
    [InlineData("gds1.AA AA$", "character")]
    public void The_fault_says_what_is_wrong(string? text, string expected)
    {
        EnrolmentString.TryParse(text, out var read, out string? fault).ShouldBeFalse();
        read.ShouldBeNull();
        fault!.ShouldContain(expected);
    }

    [Fact]
    public void A_huge_text_is_refused_before_it_is_decoded()
    {
        EnrolmentString.TryParse("gds1." + new string('A', 10_000_000), out _, out string? fault).ShouldBeFalse();
        fault!.ShouldContain("too long");
    }

    [Fact]
    public void The_credentials_present_the_token()
    {
        var sample = Sample();
        EnrolmentString.TryParseCredentials(sample.UserName, sample.Password, out var id, out var secret).ShouldBeTrue();
        id.ShouldBe(Token);
        secret.ShouldBe(Secret);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("admin", "password")]
    [InlineData("token:admin", "password")]
    [InlineData("token:0192f0c4-5b7e-7c3a-8d2e-6f1a2b3c4d5e", "short")]
    [InlineData("token:0192f0c4-5b7e-7c3a-8d2e-6f1a2b3c4d5e", "not base64 at all, not at all, not at all...")]
    public void Other_credentials_are_no_token(string? user, string? password)
        => EnrolmentString.TryParseCredentials(user, password, out _, out _).ShouldBeFalse();

    [Fact]
    public void The_secret_is_not_in_what_logs_print()
    {
        var printed = Sample().ToString();
        printed.ShouldContain("gds.plant");
        printed.ShouldNotContain(Sample().Password);
        printed.ShouldNotContain(Convert.ToHexString(Secret));
    }

    [Fact]
    public void Parts_of_a_wrong_size_are_refused()
    {
        Should.Throw<ArgumentException>(() => new EnrolmentString("opc.tcp://g", new byte[20], Token, Secret));
        Should.Throw<ArgumentException>(() => new EnrolmentString("opc.tcp://g", Fingerprint, Token, new byte[16]));
        Should.Throw<ArgumentException>(() => new EnrolmentString("opc.tcp://" + new string('g', 600), Fingerprint, Token, Secret));
    }
}
