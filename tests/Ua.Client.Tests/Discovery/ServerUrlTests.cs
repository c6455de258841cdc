using Ua.Core;

namespace Ua.Client.Tests.Discovery;

public sealed class ServerUrlTests
{
    [Theory]
    [InlineData("opc.tcp://host", "host", 4840, "/")]
    [InlineData("opc.tcp://host:48010/path/to", "host", 48010, "/path/to")]
    [InlineData("OPC.TCP://Host:4840", "host", 4840, "/")]
    [InlineData("opc.tcp://192.168.1.7:4840", "192.168.1.7", 4840, "/")]
    [InlineData("opc.tcp://[fe80::1]:4840/x", "fe80::1", 4840, "/x")]
    [InlineData("opc.tcp://münchen:4840", "xn--mnchen-3ya", 4840, "/")]
    public void Host_port_and_path(string text, string host, int port, string path)
    {
        var url = ServerUrl.Parse(text);
        url.Host.ShouldBe(host);
        url.Port.ShouldBe(port);
        url.Path.ShouldBe(path);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("host:4840")]
    [InlineData("http://host:4840")]
    [InlineData("opc.tcp://")]
    [InlineData("opc.tcp:host")]
    [InlineData("opc.tcp://host:99999")]
    public void What_is_no_opc_tcp_url_is_refused(string? text)
    {
        ServerUrl.TryParse(text).ShouldBeNull();
        Should.Throw<UaException>(() => ServerUrl.Parse(text)).StatusCode.ShouldBe(StatusCodes.BadTcpEndpointUrlInvalid);
    }

    [Fact]
    public void A_url_of_4096_characters_is_too_long() => ServerUrl.TryParse("opc.tcp://host/" + new string('x', 4096)).ShouldBeNull();
}
