using System.Security.Cryptography.X509Certificates;

namespace Pki.Tests;

public sealed class SubjectNameTests
{
    [Theory]
    [InlineData("CN=Pump 1/O=Plant", "CN=Pump 1, O=Plant")]
    [InlineData("/CN=Pump 1/O=Plant/", "CN=Pump 1, O=Plant")]
    [InlineData("CN=Pump 1, O=Plant", "CN=Pump 1, O=Plant")]
    [InlineData("CN=Pump 1,O=Plant,", "CN=Pump 1, O=Plant")]
    [InlineData("cn=Pump 1/dc=host7/ou=Line 2/L=Ulm/st=BW/c=DE", "CN=Pump 1, DC=host7, OU=Line 2, L=Ulm, S=BW, C=DE")]
    [InlineData("CN=\"a/b=c\"/O=Plant", "CN=\"a/b=c\", O=Plant")]
    [InlineData("CN=a/b", "CN=a/b")]
    [InlineData("CN=Pump 1, O=\"Plant, Inc.\"", "CN=Pump 1, O=\"Plant, Inc.\"")]
    [InlineData("CN=Pump 1, O=Plant\\, Inc.", "CN=Pump 1, O=\"Plant, Inc.\"")]
    [InlineData("CN=Plant, Inc./O=x", "CN=\"Plant, Inc.\", O=x")]
    [InlineData("CN=Prüfstand/O=Größe", "CN=Prüfstand, O=Größe")]
    public void Both_text_forms_are_read(string text, string expected) => SubjectName.Format(SubjectName.Parse(text)).ShouldBe(expected);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    [InlineData("/", "no CN")]
    [InlineData("Pump 1", "NAME=value")]
    [InlineData("O=Plant", "no CN")]
    [InlineData("CN=a/CN=b", "more than one CN")]
    [InlineData("CN=/O=Plant", "empty CN")]
    [InlineData("CN=a/XY=b", "more")]
    [InlineData("CN=a/O=b/XY=c", "'XY'")]
    [InlineData("CN=a, XY=b", "'XY'")]
    [InlineData("CN=a, Inc.", "'Inc.'")]
    [InlineData("CN=\"a/O=b", "not closed")]
    [InlineData("CN=\"a\"b/O=c", "closing quote")]
    [InlineData("CN=a\"b\"/O=c", "double quote")]
    [InlineData("CN=a/O=b=c", "'='")]
    [InlineData("CN=a/C=Germany", "at most 2")]
    [InlineData("CN=a/C=1x", "two letters")]
    [InlineData("CN=a\u0001/O=b", "control character")]
    [InlineData("CN=a/DC=höst", "outside ASCII")]
    public void A_bad_name_is_refused_with_the_reason(string text, string reason)
    {
        var problem = Should.Throw<PkiException>(() => SubjectName.Parse(text));
        if (reason != "more") problem.Message.ShouldContain(reason);
    }

    [Fact]
    public void Too_long_values_and_texts_are_refused()
    {
        Should.Throw<PkiException>(() => SubjectName.Parse("CN=" + new string('a', 65))).Message.ShouldContain("at most 64");
        Should.Throw<PkiException>(() => SubjectName.Parse("CN=" + new string('a', 2000))).Message.ShouldContain("at most 1024");
        Should.Throw<PkiException>(() => SubjectName.Parse("CN=a\ud800")).Message.ShouldContain("surrogate");
    }

    [Fact]
    public void A_formatted_name_reads_back_the_same()
    {
        var name = SubjectName.Build("a, b/c=d", "Plant + \"Co\"", country: "DE", domainComponent: "host");
        SubjectName.Parse(SubjectName.Format(name)).RawData.ShouldBe(name.RawData);
        SubjectName.CommonNameOf(name).ShouldBe("a, b/c=d");
    }

    [Fact]
    public void Names_are_equal_whatever_string_type_case_and_spaces_they_use()
    {
        var utf8 = SubjectName.Parse("CN=Pump  1, O=Plant");
        var printable = new X500DistinguishedName("CN=PUMP 1, O=plant", X500DistinguishedNameFlags.Reversed);
        SubjectName.AreEqual(utf8, printable).ShouldBeTrue();
        SubjectName.AreEqual(utf8, SubjectName.Parse("CN=Pump 1, O=Plants")).ShouldBeFalse();
        SubjectName.AreEqual(utf8, SubjectName.Parse("O=Plant, CN=Pump 1")).ShouldBeFalse();
    }
}
