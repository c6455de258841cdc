using System.Text;

namespace Pki;

/// <summary>Splits the two text forms of a subject name into fields: separated by slashes (Part 12) or by commas (what people type).</summary>
internal ref struct SubjectNameText
{
    private readonly ReadOnlySpan<char> _text;
    private readonly char _separator;
    private int _position;

    private SubjectNameText(ReadOnlySpan<char> text, char separator)
    {
        _text = text;
        _separator = separator;
    }

    public static List<NameField> Split(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var separator = UsesSlashes(trimmed) ? '/' : ',';
        if (separator == '/' && trimmed[0] == '/') trimmed = trimmed[1..];
        return new SubjectNameText(trimmed, separator).ReadFields();
    }

    /// <summary>Slashes separate when one outside quotes starts the text or is followed by the name of a field.</summary>
    private static bool UsesSlashes(ReadOnlySpan<char> text)
    {
        if (text[0] == '/') return true;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            if (quoted || text[i] != '/') continue;
            var rest = text[(i + 1)..];
            var equals = rest.IndexOf('=');
            if (equals > 0 && NameField.Canonical(rest[..equals].Trim().ToString()) is not null) return true;
        }

        return false;
    }

    private List<NameField> ReadFields()
    {
        var fields = new List<NameField>();
        while (_position < _text.Length)
        {
            fields.Add(new NameField(ReadName(), ReadValue()));
            if (_position < _text.Length) _position++; // the separator
        }

        return fields;
    }

    private string ReadName()
    {
        var rest = _text[_position..];
        var length = rest.IndexOf('=');
        var end = rest.IndexOf(_separator);
        if (length < 0 || (end >= 0 && end < length))
        {
            var piece = rest[..(end < 0 ? rest.Length : end)].Trim().ToString();
            throw new PkiException($"The subject name has '{piece}' where NAME=value is expected; a value with '{_separator}' or '=' goes in double quotes.");
        }

        var name = rest[..length].Trim().ToString();
        _position += length + 1;
        return NameField.Canonical(name) ?? throw new PkiException($"The subject name has the field '{name}'; known are {NameField.Known}.");
    }

    private string ReadValue()
    {
        while (_position < _text.Length && _text[_position] == ' ') _position++;
        return _position < _text.Length && _text[_position] == '"' ? ReadQuoted() : ReadPlain();
    }

    private string ReadPlain()
    {
        var value = new StringBuilder();
        for (; _position < _text.Length && _text[_position] != _separator; _position++)
        {
            var character = _text[_position];
            if (character == '\\' && _separator == ',' && _position + 1 < _text.Length) character = _text[++_position];
            else if (character == '"') throw new PkiException("The subject name has a double quote inside a value.");
            else if (character == '=') throw new PkiException("The subject name has '=' inside a value; put the value in double quotes.");
            value.Append(character);
        }

        return value.ToString().Trim();
    }

    private string ReadQuoted()
    {
        var value = new StringBuilder();
        for (_position++; ; _position++)
        {
            if (_position >= _text.Length) throw new PkiException("The subject name has a double quote that is not closed.");
            if (_text[_position] != '"') value.Append(_text[_position]);
            else if (_position + 1 < _text.Length && _text[_position + 1] == '"') value.Append(_text[_position++]);
            else break;
        }

        _position++;
        while (_position < _text.Length && _text[_position] == ' ') _position++;
        if (_position < _text.Length && _text[_position] != _separator)
        {
            throw new PkiException($"The subject name has text between a closing quote and the next '{_separator}'.");
        }

        return value.ToString();
    }
}
