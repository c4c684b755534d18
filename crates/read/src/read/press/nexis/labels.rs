//! The words by which Nexis marks the parts of an article.
//!
//! They follow the language of the reader's screen, not of the paper: English, German, French,
//! Dutch, Spanish, Italian and Portuguese are known.

use morgue_core::article::FieldName;

/// What a label means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Field(FieldName),
    /// A number of words.
    Length,
    /// The stand-first, which is text.
    Highlight,
    /// The text itself.
    Body,
    /// Captions.
    Graphic,
    Correction,
    /// Stands below the text only, and nothing but labels does below it: `LOAD-DATE`.
    Closing,
    /// Known and not used. A story may have the word too.
    Other,
}

use Meaning::{Body, Closing, Correction, Field, Graphic, Highlight, Length, Other};

/// Labels in lower case, in the order of their letters.
const LABELS: &[(&str, Meaning)] = &[
    ("acc-no", Closing),
    ("afbeelding", Graphic),
    ("anchors", Other),
    ("article", Body),
    ("artikeltext", Body),
    ("asunto", Other),
    ("ausgabe", Other),
    ("auteur", Field(FieldName::Byline)),
    ("auteurs", Field(FieldName::Byline)),
    ("author", Field(FieldName::Byline)),
    ("autor", Field(FieldName::Byline)),
    ("autore", Field(FieldName::Byline)),
    ("bedrijf", Other),
    ("beilage", Other),
    ("berichtigung", Correction),
    ("bijschrift", Graphic),
    ("body", Body),
    ("branche", Other),
    ("bron", Field(FieldName::Source)),
    ("byline", Field(FieldName::Byline)),
    ("category", Other),
    ("chapeau", Highlight),
    ("city", Other),
    ("clasificación", Closing),
    ("classificatie", Closing),
    ("classification", Closing),
    ("classificazione", Closing),
    ("classificação", Closing),
    ("code-journal", Closing),
    ("code-revue", Closing),
    ("company", Other),
    ("comprimento", Length),
    ("copyright", Closing),
    ("corpo", Body),
    ("corps", Body),
    ("corps de l'article", Body),
    ("corps de l’article", Body),
    ("corps de texte", Body),
    ("corrección", Correction),
    ("correctie", Correction),
    ("correction", Correction),
    ("correction-date", Closing),
    ("correção", Correction),
    ("country", Other),
    ("cuerpo", Body),
    ("cuerpo del texto", Body),
    ("dagtekening", Field(FieldName::Place)),
    ("data", Field(FieldName::Date)),
    ("data de carregamento", Closing),
    ("data di caricamento", Closing),
    ("data-caricamento", Closing),
    ("data-carregamento", Closing),
    ("date", Field(FieldName::Date)),
    ("date de chargement", Closing),
    ("date-chargement", Closing),
    ("date-chgmt", Closing),
    ("dateline", Field(FieldName::Place)),
    ("datum", Field(FieldName::Date)),
    ("datum van laden", Closing),
    ("datum-plaats", Field(FieldName::Place)),
    ("destacado", Highlight),
    ("distribution", Other),
    ("document-type", Closing),
    ("dokumenttyp", Closing),
    ("edición", Other),
    ("editie", Other),
    ("edition", Other),
    ("edizione", Other),
    ("encart", Highlight),
    ("entreprise", Other),
    ("extension", Length),
    ("extensión", Length),
    ("fecha", Field(FieldName::Date)),
    ("fecha de carga", Closing),
    ("fecha de subida", Closing),
    ("fecha-carga", Closing),
    ("firma", Other),
    ("fonte", Field(FieldName::Source)),
    ("fuente", Field(FieldName::Source)),
    ("full text", Body),
    ("geografie", Other),
    ("geographic", Other),
    ("geographie", Other),
    ("grafico", Graphic),
    ("grafiek", Graphic),
    ("grafik", Graphic),
    ("graphic", Graphic),
    ("graphics", Graphic),
    ("graphique", Graphic),
    ("gráfico", Graphic),
    ("guests", Other),
    ("hauptteil", Body),
    ("haupttext", Body),
    ("headline", Field(FieldName::Headline)),
    ("highlight", Highlight),
    ("hoogtepunt", Highlight),
    ("idioma", Field(FieldName::Language)),
    ("illustration", Graphic),
    ("industry", Other),
    ("issn", Closing),
    ("journal code", Closing),
    ("journal-code", Closing),
    ("klassifikation", Closing),
    ("klassifizierung", Closing),
    ("koerper", Body),
    ("kop", Field(FieldName::Headline)),
    ("korrektur", Correction),
    ("körper", Body),
    ("laad-datum", Closing),
    ("laaddatum", Closing),
    ("ladedatum", Closing),
    ("laenge", Length),
    ("language", Field(FieldName::Language)),
    ("langue", Field(FieldName::Language)),
    ("lengte", Length),
    ("length", Length),
    ("lengua", Field(FieldName::Language)),
    ("lenguaje", Field(FieldName::Language)),
    ("lieu", Field(FieldName::Place)),
    ("lingua", Field(FieldName::Language)),
    ("load date", Closing),
    ("load-date", Closing),
    ("load-date-mdc", Closing),
    ("longitud", Length),
    ("longueur", Length),
    ("lunghezza", Length),
    ("länge", Length),
    ("língua", Field(FieldName::Language)),
    ("name", Field(FieldName::Byline)),
    ("notas", Other),
    ("notes", Other),
    ("onderwerp", Other),
    ("organisation", Other),
    ("organization", Other),
    ("origine", Field(FieldName::Place)),
    ("ort", Field(FieldName::Place)),
    ("ortsmarke", Field(FieldName::Place)),
    ("ortszeile", Field(FieldName::Place)),
    ("person", Other),
    ("persona", Other),
    ("personne", Other),
    ("persoon", Other),
    ("plaats", Field(FieldName::Place)),
    ("pub-type", Closing),
    ("publicatietype", Closing),
    ("publication", Field(FieldName::Source)),
    ("publication type", Closing),
    ("publication-type", Closing),
    ("publikation", Field(FieldName::Source)),
    ("publikationstyp", Closing),
    ("quelle", Field(FieldName::Source)),
    ("rectificación", Correction),
    ("rectificatie", Correction),
    ("rectification", Correction),
    ("remarques", Other),
    ("ressort", Field(FieldName::Section)),
    ("rettifica", Correction),
    ("rubriek", Field(FieldName::Section)),
    ("rubrik", Field(FieldName::Section)),
    ("rubrique", Field(FieldName::Section)),
    ("samenvatting", Highlight),
    ("schlagzeile", Field(FieldName::Headline)),
    ("sección", Field(FieldName::Section)),
    ("sectie", Field(FieldName::Section)),
    ("section", Field(FieldName::Section)),
    ("serie", Other),
    ("series", Other),
    ("sezione", Field(FieldName::Section)),
    ("seção", Field(FieldName::Section)),
    ("signature", Field(FieldName::Byline)),
    ("source", Field(FieldName::Source)),
    ("sprache", Field(FieldName::Language)),
    ("state", Other),
    ("subject", Other),
    ("subscriber", Other),
    ("sujet", Other),
    ("série", Other),
    ("taal", Field(FieldName::Language)),
    ("tekst", Body),
    ("tema", Other),
    ("testo", Body),
    ("text", Body),
    ("texte", Body),
    ("textteil", Body),
    ("thema", Other),
    ("ticker", Other),
    ("tipo de publicación", Closing),
    ("tipo di pubblicazione", Closing),
    ("titel", Field(FieldName::Headline)),
    ("title", Field(FieldName::Headline)),
    ("titolo", Field(FieldName::Headline)),
    ("titre", Field(FieldName::Headline)),
    ("titular", Field(FieldName::Headline)),
    ("transcript", Other),
    ("type", Other),
    ("type de publication", Closing),
    ("type-publication", Closing),
    ("unternehmen", Other),
    ("update", Closing),
    ("url", Field(FieldName::Url)),
    ("view original page", Other),
    ("volledige tekst", Body),
    ("volltext", Body),
    ("zeitungs-code", Closing),
    ("édition", Other),
    ("überschrift", Field(FieldName::Headline)),
];

/// A label of more bytes is a sentence.
const LABEL_BYTES_MAX: usize = 40;

/// A line with a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Labeled<'a> {
    pub(super) meaning: Meaning,
    /// The label as written.
    pub(super) label: &'a str,
    /// What stands behind the colon.
    pub(super) value: &'a str,
}

impl Labeled<'_> {
    /// Whether the label is one that the head of an article has, and a cover page has not.
    pub(super) fn is_of_head(&self) -> bool {
        use FieldName::{Byline, Headline, Place, Section};
        matches!(self.meaning, Length | Highlight | Body | Field(Byline | Headline | Place | Section))
    }

    /// Whether the label is written in capitals.
    pub(super) fn is_capital(&self) -> bool {
        !self.label.contains(char::is_lowercase)
    }
}

/// Reads a line `LABEL: value`, whose label begins with a capital, or a number of words without a
/// label.
pub(super) fn labeled(line: &str) -> Option<Labeled<'_>> {
    if line.len() <= LABEL_BYTES_MAX && is_length(line) {
        return Some(Labeled { meaning: Length, label: "", value: line });
    }
    let (label, value) = line.split_once(':')?;
    let label = label.trim_end();
    let meaning = meaning(label)?;
    Some(Labeled { meaning, label, value: value.trim() })
}

/// Whether a line has the form of a label that is not known: `Kategorie: Hafen`, `Person(en): Lee`.
pub(super) fn is_unknown_label(line: &str) -> bool {
    let Some((label, value)) = line.split_once(':') else { return false };
    let is_label = |it: char| it.is_alphabetic() || matches!(it, ' ' | '-' | '(' | ')');
    label.starts_with(char::is_uppercase)
        && label.len() <= LABEL_BYTES_MAX
        && label.split_whitespace().count() <= 2
        && label.chars().all(is_label)
        && (value.is_empty() || value.starts_with(char::is_whitespace))
        && value.len() <= UNKNOWN_VALUE_BYTES_MAX
        && !value.ends_with(['.', '!', '?', '"', '”', '“', '»'])
}

/// What stands behind a label that is not known is a few words; more may be a sentence.
const UNKNOWN_VALUE_BYTES_MAX: usize = 80;

/// Reads a line that has nothing but the name of a part, with or without a colon: `Body`.
pub(super) fn part(line: &str) -> Option<Meaning> {
    meaning(line.trim_end_matches([':', ' '])).filter(|it| {
        let alone = ["classification", "klassifi", "clasifi", "classifi"];
        match it {
            Body | Graphic | Correction => true,
            Closing => alone.iter().any(|start| line.to_lowercase().starts_with(start)),
            _ => false,
        }
    })
}

fn meaning(label: &str) -> Option<Meaning> {
    if label.len() > LABEL_BYTES_MAX || !label.starts_with(char::is_uppercase) {
        return None;
    }
    let label = label.to_lowercase();
    let found = LABELS.binary_search_by(|it| it.0.cmp(&label)).ok()?;
    LABELS.get(found).map(|it| it.1)
}

/// Whether a text is a number of words: `1,285 words`.
pub(super) fn is_length(text: &str) -> bool {
    let (number, word) = text.trim().split_once(char::is_whitespace).unwrap_or_default();
    let word = word.trim().to_lowercase();
    number.starts_with(|it: char| it.is_ascii_digit())
        && number.bytes().all(|it| it.is_ascii_digit() || b",.".contains(&it))
        && WORDS.contains(&word.as_str())
}

/// What the number of words is followed by.
const WORDS: &[&str] = &[
    "word", "words", "wort", "wörter", "worte", "mot", "mots", "woord", "woorden", "palabra", "palabras",
    "parola", "parole", "palavras",
];

/// The first of the parts of a section that is no page, column or version: `National Desk` of
/// `Section B; Page 22, Column 2; National Desk`.
pub(super) fn section(value: &str) -> &str {
    let is_name = |it: &&str| {
        let numbered = it.contains(|it: char| it.is_ascii_digit());
        let lettered = it.to_lowercase().starts_with("section ") && it.len() <= "section a".len();
        !it.is_empty() && !numbered && !lettered
    };
    value.split(';').map(str::trim).find(is_name).unwrap_or_default()
}

/// Lines that end an article, in lower case.
const END_MARKS: &[&str] = &[
    "dokumentende",
    "einde van document",
    "einde van het document",
    "end of document",
    "ende des dokuments",
    "fim do documento",
    "fin de document",
    "fin del documento",
    "fin du document",
    "fine del documento",
];

/// Whether the line ends an article.
pub(super) fn is_end(line: &str) -> bool {
    line.len() <= LABEL_BYTES_MAX && END_MARKS.contains(&line.to_lowercase().trim_end_matches('.'))
}

/// What stands before a mark that ends an article on the same line: `Load-Date: July 4, 2019 End of
/// Document`.
pub(super) fn before_end(line: &str) -> Option<&str> {
    const MARKS: &[&str] =
        &[" End of Document", " Ende des Dokuments", " Fin du document", " Einde van document"];
    MARKS.iter().find_map(|it| line.strip_suffix(it)).map(str::trim_end)
}

/// What a cover page calls its documents.
pub(super) const WORDS_FOR_DOCUMENTS: &[&str] =
    &["Documents", "Dokumente", "Documenten", "Documentos", "Documenti"];

/// Whether a line says whose the text is.
pub(super) fn is_copyright(line: &str) -> bool {
    const STARTS: &[&str] = &[
        "copyright",
        "©",
        "(c) ",
        "all rights reserved",
        "rights reserved",
        "alle rechte vorbehalten",
        "tous droits réservés",
        "todos los derechos reservados",
        "alle rechten voorbehouden",
        "tutti i diritti riservati",
    ];
    let start: String =
        line.chars().take(STARTS.iter().map(|it| it.len()).max().unwrap_or_default()).collect();
    let start = start.to_lowercase();
    STARTS.iter().any(|it| start.starts_with(it))
}

#[cfg(test)]
mod tests;
