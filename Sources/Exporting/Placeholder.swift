internal import Models
