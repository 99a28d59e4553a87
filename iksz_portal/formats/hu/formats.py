DATE_FORMAT = "Y. F j."
SHORT_DATE_FORMAT = "Y. m. d."
DATETIME_FORMAT = "Y. F j., H:i"
DATE_INPUT_FORMATS = [
    "%Y.%m.%d.",  # the first is how a field shows its day
    "%Y.%m.%d",
    "%Y. %m. %d.",
    "%Y. %m. %d",
]
