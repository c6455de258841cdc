namespace Gds.Store.Tests;

public sealed class TransitionTests
{
    private static readonly DateTime Now = StoreFixture.Now;

    private static readonly Dictionary<string, Action<IssueRequest>> Moves = new()
    {
        ["approve"] = r => r.Approve("ann", "looks right", Now),
        ["reject"] = r => r.Reject("ann", "unknown machine", Now),
        ["fail"] = r => r.Fail("gds", "application gone", Now),
        ["complete"] = r => r.Complete(Guid.NewGuid(), [1], Now),
        ["accept"] = r => r.Accept(Now),
    };

    /// <summary>Way to a state, then the moves that are legal from it.</summary>
    public static TheoryData<RequestState, string, string> Table => new()
    {
        { RequestState.New, "", "approve reject" },
        { RequestState.Approved, "approve", "fail complete" },
        { RequestState.Rejected, "reject", "" },
        { RequestState.Completed, "approve complete", "accept" },
        { RequestState.Accepted, "approve complete accept", "" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_request_moves_only_as_the_table_says(RequestState state, string way, string legal)
    {
        foreach (var (name, move) in Moves)
        {
            var request = NewKeyPair();
            foreach (var step in way.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Moves[step](request);
            request.State.ShouldBe(state);
            if (legal.Split(' ').Contains(name))
                Should.NotThrow(() => move(request), name);
            else
            {
                Should.Throw<IllegalMoveException>(() => move(request), name).Message.ShouldContain(state.ToString());
                request.State.ShouldBe(state);
            }
        }
    }

    [Fact]
    public void The_password_of_a_key_pair_request_is_gone_once_it_is_decided_against_or_used()
    {
        foreach (var last in new[] { "reject", "complete", "fail" })
        {
            var request = NewKeyPair();
            if (last != "reject") Moves["approve"](request);
            request.ProtectedPassword.ShouldNotBeNull();
            Moves[last](request);
            request.ProtectedPassword.ShouldBeNull(last);
        }
    }

    [Fact]
    public void The_private_key_is_gone_once_it_is_collected()
    {
        var request = NewKeyPair();
        Moves["approve"](request);
        Moves["complete"](request);
        request.ProtectedPrivateKey.ShouldNotBeNull();
        Moves["accept"](request);
        request.ProtectedPrivateKey.ShouldBeNull();
    }

    [Fact]
    public void A_key_pair_request_cannot_complete_without_its_key()
    {
        var request = NewKeyPair();
        Moves["approve"](request);
        Should.Throw<IllegalMoveException>(() => request.Complete(Guid.NewGuid(), null, Now));
        request.State.ShouldBe(RequestState.Approved);
    }

    [Fact]
    public void A_serial_number_is_issued_or_voided_but_never_both()
    {
        var voided = new IssuedCertificate(Guid.NewGuid(), Guid.NewGuid(), "01", Now);
        voided.Void();
        Should.Throw<IllegalMoveException>(() => Issue(voided));
        var issued = new IssuedCertificate(Guid.NewGuid(), Guid.NewGuid(), "02", Now);
        Issue(issued);
        Should.Throw<IllegalMoveException>(issued.Void);
    }

    [Fact]
    public void A_revoked_certificate_stays_revoked_and_keeps_its_first_date()
    {
        var certificate = new IssuedCertificate(Guid.NewGuid(), Guid.NewGuid(), "01", Now);
        Issue(certificate);
        certificate.Revoke(RevocationCause.KeyCompromise, Now);
        Should.Throw<IllegalMoveException>(() => certificate.Revoke(RevocationCause.Superseded, Now.AddDays(1)));
        Should.Throw<IllegalMoveException>(certificate.Expire);
        certificate.RevokedAt.ShouldBe(Now);
        certificate.RevocationCause.ShouldBe(RevocationCause.KeyCompromise);
    }

    [Fact]
    public void A_trust_list_time_rises_even_when_the_clock_does_not()
    {
        var group = new CertificateGroup("g", 12557, Now);
        group.TrustListChanged(Now.AddHours(-1));
        var first = group.TrustListUpdatedAt;
        first.ShouldBeGreaterThan(Now);
        group.TrustListChanged(Now.AddHours(-1));
        group.TrustListUpdatedAt.ShouldBeGreaterThan(first);
        group.TrustListChanged(Now.AddHours(2));
        group.TrustListUpdatedAt.ShouldBe(Now.AddHours(2));
        group.TrustListVersion.ShouldBe(3);
    }

    [Fact]
    public void Crl_numbers_and_record_ids_only_rise()
    {
        var authority = new CertificateAuthorityRecord(Guid.NewGuid(), 1, "ca", Now);
        authority.CrlIssued(1);
        Should.Throw<IllegalMoveException>(() => authority.CrlIssued(1));
        var counter = new Counter("c", Now);
        counter.RiseTo(5);
        Should.Throw<IllegalMoveException>(() => counter.RiseTo(5));
        counter.Value.ShouldBe(5);
    }

    [Fact]
    public void An_authority_becomes_active_once()
    {
        var authority = new CertificateAuthorityRecord(Guid.NewGuid(), 1, "ca", Now);
        Should.Throw<IllegalMoveException>(authority.Retire);
        authority.Activate([1], "AA", "CN=ca", Now, Now.AddYears(10));
        Should.Throw<IllegalMoveException>(() => authority.Activate([2], "BB", "CN=x", Now, Now));
        authority.Retire();
        authority.State.ShouldBe(AuthorityState.Retired);
    }

    [Fact]
    public void A_token_is_used_as_often_as_it_allows_and_not_after_its_end()
    {
        var token = new EnrolmentToken(Guid.NewGuid(), [1], 2, Now.AddHours(1), [], null, "admin", Now);
        token.Use("AA", "urn:a", Now);
        token.Use("BB", "urn:b", Now);
        Should.Throw<IllegalMoveException>(() => token.Use("CC", "urn:c", Now)).Message.ShouldContain("used 2 times");
        var late = new EnrolmentToken(Guid.NewGuid(), [1], 2, Now.AddHours(1), [], null, "admin", Now);
        Should.Throw<IllegalMoveException>(() => late.Use("AA", "urn:a", Now.AddHours(1))).Message.ShouldContain("expired");
        var revoked = new EnrolmentToken(Guid.NewGuid(), [1], 2, Now.AddHours(1), [], null, "admin", Now);
        revoked.Revoke("ann", Now);
        Should.Throw<IllegalMoveException>(() => revoked.Use("AA", "urn:a", Now)).Message.ShouldContain("revoked");
    }

    private static IssueRequest NewKeyPair() => IssueRequest.ForNewKeyPair(
        Guid.NewGuid(), Guid.NewGuid(), 1, 12560, new("urn:a", "10.0.0.1", "AA"), "CN=a", ["a"], "PEM", [9], Now);

    private static void Issue(IssuedCertificate certificate)
        => certificate.Issue(Guid.NewGuid(), "urn:a", 1, 12560, [1], "AA", "CN=a", ["a"], Now, Now.AddDays(1), Now);
}
