using Benchmarks.Measuring;
using Benchmarks.Report;
using Ua.Core;

namespace Benchmarks.Parts;

/// <summary>What an application does on each poll: GetTrustList, then Open, Read and Close of the file.</summary>
internal static class TrustListPart
{
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(2);

    public static async Task<PartResult> MeasureAsync(Scene scene)
    {
        await scene.Gds.WarmAsync(Scene.Lanes, lane => ReadAsync(scene, lane));
        var one = await Rate.ForAsync(s_time, 1, lane => ReadAsync(scene, lane));
        var many = await Rate.ForAsync(s_time, Scene.Lanes, lane => ReadAsync(scene, lane));
        return new PartResult(
            "Trust list: GetTrustList, Open, Read, Close",
            [
                new("Trust lists read, one after the other", one.PerSecond, "/s"),
                new($"Trust lists read, {Scene.Lanes} applications at once", many.PerSecond, "/s"),
            ]);
    }

    private static async Task ReadAsync(Scene scene, int lane)
    {
        var (_, id, _, directory) = scene.Members[lane];
        var list = await directory.ReadTrustListAsync(await directory.GetTrustListAsync(id, NodeId.Null));
        if (list.TrustedCertificates.Length == 0 || list.TrustedCrls.Length == 0) throw new InvalidOperationException("The trust list has no CA with a CRL.");
    }
}
