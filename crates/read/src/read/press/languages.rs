//! The names of languages as press databases print them, in the language of the account.

/// The codes of ISO 639-1, and the names in English, German, French, Spanish, Italian, Dutch,
/// Portuguese and Russian; further names where services use them.
const NAMES: [(&str, &str); 24] = [
    ("en", "english englisch anglais inglés ingles inglese engels inglês английский angielski"),
    ("de", "german deutsch allemand alemán aleman tedesco duits alemão немецкий niemiecki"),
    ("fr", "french französisch français francais francés francese frans francês французский francuski"),
    ("es", "spanish spanisch espagnol español espanol castellano spagnolo spaans espanhol испанский"),
    ("it", "italian italienisch italien italiano italiaans итальянский włoski"),
    ("nl", "dutch niederländisch néerlandais neerlandés olandese nederlands holandés holandês нидерландский"),
    ("pt", "portuguese portugiesisch portugais portugués portoghese portugees português португальский"),
    ("ru", "russian russisch russe ruso russo русский rosyjski"),
    ("ar", "arabic arabisch arabe árabe arabo арабский"),
    ("zh", "chinese chinesisch chinois chino cinese chinees chinês китайский 中文"),
    ("ja", "japanese japanisch japonais japonés giapponese japans japonês японский 日本語"),
    ("ko", "korean koreanisch coréen coreano koreaans корейский 한국어"),
    ("pl", "polish polnisch polonais polaco polacco pools polonês польский polski"),
    ("sv", "swedish schwedisch suédois sueco svedese zweeds шведский svenska"),
    ("da", "danish dänisch danois danés danese deens dinamarquês датский dansk"),
    ("no", "norwegian norwegisch norvégien noruego norvegese noors norueguês норвежский norsk"),
    ("fi", "finnish finnisch finnois finlandés finlandese fins finlandês финский suomi"),
    ("cs", "czech tschechisch tchèque checo ceco tsjechisch tcheco чешский čeština"),
    ("hu", "hungarian ungarisch hongrois húngaro ungherese hongaars венгерский magyar"),
    ("tr", "turkish türkisch turc turco turks турецкий türkçe"),
    ("ca", "catalan katalanisch catalán catalano catalaans catalão каталанский català"),
    ("id", "indonesian indonesisch indonésien indonesio indonesiano indonésio bahasa"),
    ("el", "greek griechisch grec griego greco grieks grego греческий"),
    ("uk", "ukrainian ukrainisch ukrainien ucraniano ucraino oekraïens украинский українська"),
];

/// The code of a language by its name, when the text is that name and nothing else; `Chinese
/// (Simplified)` too.
pub(super) fn code(text: &str) -> Option<&'static str> {
    if text.len() > NAME_BYTES_MAX {
        return None;
    }
    let lower = text.to_lowercase();
    let mut words = lower.split_whitespace();
    let first = words.next()?;
    let alone = words.next().is_none_or(|it| it.starts_with(['(', '-', '–']));
    NAMES.iter().find(|it| alone && it.1.split(' ').any(|name| name == first)).map(|it| it.0)
}

/// `Chinesisch (traditionell)` has 26 bytes.
const NAME_BYTES_MAX: usize = 40;

/// Whether a text is the code of one of these languages.
pub(super) fn is_code(text: &str) -> bool {
    NAMES.iter().any(|it| it.0 == text)
}
